import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import type { Command } from 'commander'
import { recordOnDashboard } from '../dashboard/record.ts'
import { askingAws } from '../local/running-aws.ts'
import { UserError } from '../errors/user-error.ts'
import { readVersions } from '../publishing/versions.ts'
import { sendProperty, sendStart, workflowData } from './companions.ts'

interface Options {
  readonly env: string
  readonly data: string
  readonly why?: string
}

/** `continuum set-property` and `continuum start-workflow`: one message by hand, recorded with its sender. */
export function companionCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--why <text>', 'the reason, for the activity log')
      .option('--env <name>', 'the environment', 'local')
      .option(...dataOption)

  command('set-property', 'set a text property of a version on the dashboard, such as publication-status hidden')
    .argument('<article>', 'its id, such as 00353')
    .argument('<version>', 'its version; 0 for the whole article')
    .argument('<name>', 'such as publication-status')
    .argument('<value>', 'its text')
    .action(async (id: string, version: string, name: string, value: string, { why, ...which }: Options) => {
      if (!/^\d+$/.test(version))
        throw new UserError(`${version} is no version: give a number, or 0 for the whole article.`)
      const [address] = readVersions([id], journalsOf((await loadEnvironment(which.env)).journals))
      const article = address?.id ?? id
      await askingAws({ ...which, base }, (aws) =>
        sendProperty(aws, { article, version: Number(version), name, value }),
      )
      const record = {
        action: 'set property',
        article,
        detail: `${name} of v${version}: ${value}`,
        ...(why && { why }),
      } as const
      await recordOnDashboard({ ...which, base }, record, console.warn)
      console.log(`${name} of ${article}v${version} will be "${value}".`)
    })

  command('start-workflow', 'ask the workflow starter for an execution of any workflow')
    .argument('<workflow>', 'its name, such as PublishPerfectArticle')
    .argument('[data]', 'its data, a JSON object', '{}')
    .action(async (workflow: string, data: string, { why, ...which }: Options) => {
      const message = { workflow_name: workflow, workflow_data: workflowData(data) }
      await askingAws({ ...which, base }, (aws) => sendStart(aws, message))
      const record = {
        action: 'start workflow',
        subject: workflow,
        detail: data.slice(0, 1_000),
        ...(why && { why }),
      } as const
      await recordOnDashboard({ ...which, base }, record, console.warn)
      console.log(`${workflow} was asked for. What became of it: npm run -s continuum -- executions --since 5m`)
    })
}
