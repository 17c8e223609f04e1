import type { Journal } from '@continuum/article'
import { UserError } from '../errors/user-error.ts'
import { checkArticle, checkedText } from './check-articles.ts'
import { inputsOf } from './inputs.ts'
import { hasFailed, outcomesText, outcomeText, type Outcome } from './outcome.ts'
import { progressBar } from './progress-bar.ts'
import { sendAll, sendInput, type Action } from './send.ts'
import type { StoreAddress } from './store-address.ts'

/** Lets a command write: results to one stream, progress to the other. */
export interface Output {
  readonly line: (text: string) => void
  /** Absent where nobody watches. */
  readonly progress?: (text: string) => void
}

/** The options of `continuum lax ingest`, `publish` and `ingest+publish`. */
export interface ArticleOptions {
  readonly id?: string
  readonly version?: string
  readonly force: boolean
  readonly dryRun: boolean
  readonly serial: boolean
  readonly parallel: string
  readonly json: boolean
}

/** The surroundings of a command. */
export interface CommandContext {
  readonly journals: readonly Journal[]
  readonly base: string
  readonly store: () => Promise<StoreAddress>
  readonly cdnUrl: () => Promise<string>
  readonly stdin: () => Promise<string>
  /** True if standard input is a terminal, where nobody has piped anything in. */
  readonly interactive: boolean
  readonly output: Output
}

/**
 * Sends what the arguments name to the article store, and prints each outcome.
 *
 * @returns the exit code: 0 when everything succeeded, 1 when something was refused or failed
 * @throws UserError for bad usage, before anything is sent
 */
export async function runArticles(
  action: Action,
  args: readonly string[],
  options: ArticleOptions,
  context: CommandContext,
): Promise<0 | 1> {
  const { force, dryRun, json } = options
  const parallel = options.serial ? 1 : positive('--parallel', options.parallel)
  const { journals, base, cdnUrl, stdin, output } = context
  const given = givenAddress(options)
  const named = argumentsOf(action, args, given, context)
  const inputs = await inputsOf(named, { journals, base, given, cdnUrl, stdin })
  const store = await context.store()
  let count = 0
  const all = inputs.length
  const outcomes = await sendAll(inputs, {
    parallel,
    send: (input) => sendInput(input, { action, store, force, dryRun }),
    done: (outcome: Outcome) => {
      output.progress?.('')
      output.line(json ? JSON.stringify(outcome) : outcomeText(outcome))
      if (all > 1) output.progress?.(progressBar(++count, all, outcome.file))
    },
  })
  output.progress?.('')
  if (!json && all > 1) output.line(outcomesText(outcomes))
  return outcomes.some(hasFailed) ? 1 : 0
}

/** Checks articles against the schema. @returns 0 when all are valid, 1 when one is not */
export async function runCheck(
  args: readonly string[],
  { json }: { readonly json: boolean },
  { journals, base, cdnUrl, stdin, output, interactive }: CommandContext,
): Promise<0 | 1> {
  if (args.length === 0 && interactive) throw noInput()
  const inputs = await inputsOf(args.length > 0 ? args : ['-'], { journals, base, given: undefined, cdnUrl, stdin })
  let valid = true
  for (const [index, input] of inputs.entries()) {
    if (inputs.length > 1) output.progress?.(progressBar(index, inputs.length, input.name))
    const checked = await checkArticle(input, journals)
    output.progress?.('')
    output.line(json ? JSON.stringify(checked) : checkedText(checked))
    valid &&= checked.valid
  }
  return valid ? 0 : 1
}

function argumentsOf(
  action: Action,
  args: readonly string[],
  given: { id: string; version: number } | undefined,
  { interactive }: CommandContext,
): readonly string[] {
  if (action === 'publish' && given) {
    if (args.length > 0) throw new UserError('--id and --version name what to publish: give no other names.')
    return [`${given.id}v${given.version}`]
  }
  if (args.length > 0) return args
  if (action === 'publish')
    throw new UserError('What should be published? Give --id and --version, names such as 353v1, or files or folders.')
  if (interactive) throw noInput()
  return ['-']
}

function noInput(): UserError {
  return new UserError('Nothing to read: name files or folders, or pipe article JSON into standard input.')
}

function givenAddress({ id, version }: ArticleOptions): { id: string; version: number } | undefined {
  if (id === undefined && version === undefined) return undefined
  if (id === undefined || version === undefined) throw new UserError('--id and --version belong together: give both.')
  return { id, version: positive('--version', version) }
}

function positive(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UserError(`${option} is ${text}, expected is a whole number from 1.`)
}
