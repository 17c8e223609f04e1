import type { HttpAnswer } from '@continuum/service'
import { readAnswer } from '@continuum/service'
import { Type } from 'typebox'
import type { VersionAddress } from './article-names.ts'

/** The outcome of one request, as `--json` prints it: the keys are those of the original's command line, beside `file`. */
export type Outcome = {
  readonly file: string
  readonly 'dry-run': boolean
  readonly force: boolean
} & (
  | {
      readonly status: 'ingested' | 'published' | 'validated'
      readonly id: number | string
      readonly version: number
      readonly datetime: string
      readonly message: null
    }
  | {
      readonly status: 'invalid' | 'error'
      readonly code: string
      readonly comment: string
      readonly message: string
      readonly trace: string | null
    }
)

const Done = Type.Object({
  status: Type.Enum(['ingested', 'published', 'validated']),
  id: Type.String(),
  datetime: Type.String(),
})
const Refused = Type.Object({ code: Type.String(), comment: Type.String(), message: Type.String() })
const Problem = Type.Object({ title: Type.String(), detail: Type.Optional(Type.String()) })

/** Facts of a request that its outcome repeats. */
export interface Asked {
  readonly file: string
  readonly force: boolean
  readonly dryRun: boolean
}

/** Reads the answer of the article store. */
export function outcomeOf(answer: HttpAnswer, { version }: VersionAddress, asked: Asked): Outcome {
  const about = { file: asked.file, 'dry-run': asked.dryRun, force: asked.force }
  const done = answer.status === 200 ? readAnswer(Done, answer) : undefined
  if (done) {
    const { status, id, datetime } = done
    return { ...about, status, id: /^\d+$/.test(id) ? Number(id) : id, version, datetime, message: null }
  }
  const refused = readAnswer(Refused, answer)
  if (refused) return { ...about, status: 'invalid', ...pick(refused), trace: null }
  const { title, detail } = readAnswer(Problem, answer) ?? { title: answer.text.slice(0, 200) }
  const hint = answer.status === 403 ? ' (is LAX_TOKEN that of this environment?)' : ''
  return failed(`lax answered ${answer.status}: ${detail ?? title}${hint}`, asked)
}

/** The outcome of something that went wrong on this side, or of an answer that is none. */
export function failed(message: string, { file, dryRun, force }: Asked, trace: string | null = null): Outcome {
  const comment = 'The request was not carried out.'
  return { file, 'dry-run': dryRun, force, status: 'error', code: 'unknown', comment, message, trace }
}

/** The outcome of an input that cannot be read. */
export function badInput(message: string, { file, dryRun, force }: Asked): Outcome {
  const comment = 'The file cannot be read as an article.'
  return { file, 'dry-run': dryRun, force, status: 'invalid', code: 'bad-request', comment, message, trace: null }
}

function pick({ code, comment, message }: { code: string; comment: string; message: string }) {
  return { code, comment, message }
}

export function hasFailed({ status }: Outcome): boolean {
  return status === 'invalid' || status === 'error'
}

/** Prints an outcome for a person. */
export function outcomeText(outcome: Outcome): string {
  if ('code' in outcome)
    return `${outcome.file} ${outcome.status === 'invalid' ? 'REFUSED' : 'FAILED'} (${outcome.code}): ${outcome.message}`
  const { file, status, id, version, datetime } = outcome
  return `${file} ${status}: article ${id} version ${version}, ${datetime}`
}

/** Sums up many outcomes in a line. */
export function outcomesText(outcomes: readonly Outcome[]): string {
  const bad = outcomes.filter(hasFailed)
  const good = outcomes.length - bad.length
  return `${good} of ${outcomes.length} succeeded${bad.length > 0 ? `; not ${bad.map(({ file }) => file).join(', ')}` : ''}.`
}
