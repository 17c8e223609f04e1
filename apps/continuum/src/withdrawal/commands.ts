import { createClients, namesOf } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import type { Command } from 'commander'
import { recordOnDashboard } from '../dashboard/record.ts'
import { UserError } from '../errors/user-error.ts'
import { localAwsVariables } from '../local/running-aws.ts'
import { secretsOf } from '../local/data-directory.ts'
import { runningOn } from '../local/status.ts'
import { reinstateArticle, withdrawArticle, type Withdrawing } from './withdraw.ts'

interface Options {
  readonly by?: string
  readonly reason?: string
  readonly undo: boolean
  readonly data: string
}

/** `continuum withdraw`: takes an article from readers, with who asks for it and why. */
export function withdrawalCommands(
  program: Command,
  base: string,
  dataOption: readonly [string, string, string],
): void {
  program
    .command('withdraw')
    .description(
      'withdraw an article from readers: its page says why (410), and the API, search, feeds, OAI-PMH and the CDN no longer have it. For the environment that runs here',
    )
    .argument('<article>', 'its id, such as 00353')
    .option('--by <who>', 'who asks for it; kept in the log of the article store')
    .option('--reason <text>', 'why, in words for readers')
    .option('--undo', 'give it back to readers; its files are on the CDN again when it is delivered again', false)
    .option(...dataOption)
    .action(async (article: string, options: Options) => {
      const { by: who, reason: why, undo } = options
      if (!who) throw new UserError('--by is missing: say who asks for it.')
      const environment = await localEnvironment(options.data, base)
      const dashboard = { env: 'local', data: options.data, base }
      if (undo) {
        const versions = await reinstateArticle(environment, article, who)
        await recordOnDashboard(
          dashboard,
          { action: 'reinstate', article, detail: `asked for by ${who}` },
          console.warn,
        )
        console.log(
          `${article} is public again, ${versions} of its versions. Deliver it again to bring its files back.`,
        )
        return
      }
      if (!why) throw new UserError('--reason is missing: readers see it in place of the article.')
      const { versions, files } = await withdrawArticle(environment, article, { who, why })
      await recordOnDashboard(
        dashboard,
        { action: 'withdraw', article, why, detail: `asked for by ${who}` },
        console.warn,
      )
      console.log(`${article} is withdrawn: ${versions} versions, ${files} files of the CDN. Undo it with --undo.`)
    })
}

async function localEnvironment(data: string, base: string): Promise<Withdrawing> {
  const { data: directory, running } = runningOn(data, base)
  const secrets = secretsOf(directory)
  const environment = await loadEnvironment('local')
  Object.assign(process.env, localAwsVariables(data, base))
  const basic = Buffer.from(`bot:${secrets['site-password']}`).toString('base64')
  return {
    lax: {
      name: 'The article store',
      url: running.addresses['lax'] ?? '',
      authorization: `Bearer ${secrets['lax-token']}`,
    },
    site: { name: 'The site', url: running.addresses['journal'] ?? '', authorization: `Basic ${basic}` },
    s3: createClients({ region: environment.region }).s3,
    cdnBucket: namesOf(environment).buckets.cdn,
  }
}
