import { exportHistory, formatHistory, NothingToRerunError, PayloadTooLargeError } from '@continuum/workflow-core'
import type { Command } from 'commander'
import { recordOnDashboard } from '../dashboard/record.ts'
import { UserError } from '../errors/user-error.ts'
import { askingExecutions } from './environment-client.ts'
import { findRun } from './find-run.ts'
import { executionLine, listExecutions, type ListOptions } from './list.ts'

interface Options {
  readonly run?: string
  readonly env: string
  readonly data: string
}

/** `continuum executions`, `history` and `rerun`: what runs and ran, what one execution did, and how it goes on after a failure. */
export function executionCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const about = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<workflowId>', 'the workflow id, such as article-00353')
      .option('--run <runId>', 'the run id; default: the open run, else the last one')
      .option('--env <name>', 'the environment', 'local')
      .option(...dataOption)

  program
    .command('executions')
    .description('list the open executions, and the closed ones of a time, newest first')
    .option('--since <moment>', 'closed ones too: 30s, 10m, 2h, 1d ago, or an instant such as 2026-11-28T09:00:00Z')
    .option('--status <status>', 'only completed, failed, canceled, terminated, timed_out or open ones')
    .option('--workflow <name>', 'only those of this workflow, such as PublishPerfectArticle')
    .option('--json', 'print one JSON line per execution', false)
    .option('--env <name>', 'the environment', 'local')
    .option(...dataOption)
    .action(async ({ json, env, data, ...filter }: ListOptions & { json: boolean; env: string; data: string }) => {
      await askingExecutions({ env, data, base }, async (executions) => {
        for await (const each of listExecutions(executions, filter, Date.now()))
          console.log(json ? JSON.stringify(each) : executionLine(each))
      })
    })

  about('history', 'show each step of an execution: attempts, timeouts, failures, and what it waits for')
    .option('--json', 'print the output of `aws swf get-workflow-execution-history`', false)
    .action(async (workflowId: string, { json, run, ...which }: Options & { json: boolean }) => {
      await askingExecutions({ ...which, base }, async (executions) => {
        const found = await findRun(executions, workflowId, run)
        const events = await Array.fromAsync(executions.history(found))
        if (json) return console.log(JSON.stringify(exportHistory(events), null, 4))
        console.log(`${found.workflowId}, ${found.workflow}, ${found.status}; run ${found.runId}\n`)
        console.log(formatHistory(events))
      })
    })

  about('rerun', 'start a failed execution again from the step that failed; completed steps are not repeated').action(
    async (workflowId: string, { run, ...which }: Options) => {
      await askingExecutions({ ...which, base }, async (executions) => {
        const found = await findRun(executions, workflowId, run)
        const { started, runId } = await executions.rerun(found).catch(refused)
        if (!started) {
          throw new UserError(
            `${workflowId} is open: nothing was started. What it waits for: npm run -s continuum -- history ${workflowId}`,
          )
        }
        const detail = `of run ${found.runId}`
        await recordOnDashboard(
          { ...which, base },
          { action: 'rerun execution', subject: workflowId, detail },
          console.warn,
        )
        console.log(`${workflowId} goes on from the step that failed (${found.status} run ${found.runId}).`)
        console.log(`Its new run is ${runId}. Follow it: npm run -s continuum -- history ${workflowId}`)
      })
    },
  )
}

/** Turns an error into a `UserError` of one line. */
function refused(error: unknown): never {
  if (error instanceof NothingToRerunError || error instanceof PayloadTooLargeError) throw new UserError(error.message)
  throw error
}
