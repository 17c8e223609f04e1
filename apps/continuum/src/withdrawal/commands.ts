import type { Command } from 'commander'
import { recordOnDashboard, type DoneHere } from '../dashboard/record.ts'
import { UserError } from '../errors/user-error.ts'
import { localServices } from './environment.ts'
import { retractArticle, undoRetraction } from './retract.ts'
import { keepRetractionMark, removeRetractionMark } from './retraction-mark.ts'
import { orderWithdrawal } from './withdraw.ts'

interface Options {
  readonly by?: string
  readonly reason?: string
  readonly notice?: string
  readonly undo: boolean
  readonly data: string
}

/** `continuum withdraw` takes an article from readers; `continuum retract` leaves its text, with a notice. Both with who and why. */
export function withdrawalCommands(
  program: Command,
  base: string,
  dataOption: readonly [string, string, string],
): void {
  const command = (name: string, undo: string) =>
    program
      .command(name)
      .argument('<article>', 'its id, such as 00353')
      .option('--by <who>', 'who asks for it; kept in the log of the article store')
      .option('--reason <text>', 'why, in words for readers')
      .option('--undo', undo, false)
      .option(...dataOption)
  command('withdraw', 'give it back to readers, with its files')
    .description(
      'withdraw an article from readers: its page says why (410), and the API, search, feeds, OAI-PMH and the CDN no longer have it; Crossref is told',
    )
    .option('--env <name>', 'the environment', 'local')
    .option('--url <url>', "the dashboard's address, where the environment has no domain")
    .action(async (article: string, options: Options & { env: string; url?: string }) => {
      const { who, why } = orderOf(options)
      const order = options.undo
        ? ({ order: 'reinstate', id: article, who } as const)
        : ({ order: 'withdraw', id: article, who, why } as const)
      const done = await orderWithdrawal({ ...options, base }, order)
      console.log(`${article}: ${done}${options.undo ? '' : ' Undo it with --undo.'}`)
    })
  command('retract', 'take the retraction back')
    .description(
      'retract an article: its text stays, and its page, the API, search, feeds and OAI-PMH say that it is retracted; Crossref is told. For the environment that runs here',
    )
    .option('--notice <doi>', 'the DOI of the notice, where it is an article of its own')
    .action(async (article: string, options: Options) => {
      const { who, why } = orderOf(options)
      const services = localServices(options.data, base)
      const record = recorderFor(options.data, base)
      const here = { env: 'local', data: options.data, base }
      if (options.undo) {
        const { id, was, recipients } = await undoRetraction(services, article, who)
        await removeRetractionMark(here, id)
        await record({ action: 'undo retraction', article, detail: `asked for by ${who}` })
        console.log(`${article} ${was ? 'is no longer retracted' : 'was not retracted'}.\n${recipients}`)
        return
      }
      const retraction = { who, why, notice: noticeOf(options) }
      const { id, date, recipients } = await retractArticle(services, article, retraction)
      await keepRetractionMark(here, id, { ...retraction, date })
      await record({ action: 'retract', article, why, detail: `asked for by ${who}` })
      console.log(`${article} is retracted, since ${date}. Undo it with --undo.\n${recipients}`)
    })
}

/** Puts what was done into the dashboard's activity log. */
function recorderFor(data: string, base: string): (done: DoneHere) => Promise<void> {
  return (done) => recordOnDashboard({ env: 'local', data, base }, done, console.warn)
}

function orderOf({ by: who, reason: why = '', undo }: Options): { who: string; why: string } {
  if (!who) throw new UserError('--by is missing: say who asks for it.')
  if (!undo && why === '') throw new UserError('--reason is missing: readers see it with or in place of the article.')
  return { who, why }
}

function noticeOf({ notice }: Options): string | undefined {
  const doi = notice?.replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, '')
  if (doi !== undefined && !/^10\.\d{4,9}\/\S+$/.test(doi)) {
    throw new UserError(`${notice} is no DOI; expected one such as 10.7554/eLife.00999.`)
  }
  return doi
}
