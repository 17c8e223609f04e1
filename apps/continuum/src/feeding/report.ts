import { styleText } from 'node:util'
import type { DepositOutcomes } from './deposits.ts'
import { liveLine, type LiveLine } from './live-line.ts'
import { hasFailed, isOver, type Note, type Progress } from './progress.ts'

/** Receives the progress of runs and prints it: lines for a person, or one JSON line per article for a program. */
export interface Report {
  say(text: string): void
  note(progress: Progress, note: Note): void
  ended(progress: Progress, at: number): void
  /** The deposits of a published run that are due at once have ended. */
  deposited(progress: Progress, at: number, outcomes: DepositOutcomes): void
  /** Nothing is followed any more. */
  close(): void
}

/** The line of `--json`: one an article, at its end. */
export interface ArticleOutcome {
  articleId: string | null
  version: number | null
  run: string | null
  /** `ready`: it waits for a person to publish it. */
  status: 'published' | 'ready' | 'failed' | 'superseded' | 'repeated'
  seconds: number
  url: string | null
  error: { step: string; reason: string } | null
  file: string
  /** The state of each recipient's deposit, by its name. */
  deposits: DepositOutcomes
}

/** `at`: the instant (epoch ms) of its end; `siteUrl`: where the journal's site is. */
export function outcomeOf(
  progress: Progress,
  at: number,
  siteUrl: string,
  deposits: DepositOutcomes = {},
): ArticleOutcome {
  const version = Number(progress.version)
  const ended = isOver(progress) && !hasFailed(progress) && progress.repeated !== true
  return {
    articleId: progress.articleId ?? null,
    version: version > 0 ? version : null,
    run: progress.run ?? null,
    status: statusOf(progress),
    seconds: seconds(at - Date.parse(progress.delivery.intendedAt)),
    url: ended && progress.articleId ? `${siteUrl}/articles/${progress.articleId}v${version}` : null,
    error: progress.failure ?? null,
    file: progress.delivery.file ?? progress.delivery.key,
    deposits,
  }
}

function statusOf(progress: Progress): ArticleOutcome['status'] {
  if (progress.failure) return 'failed'
  if (progress.repeated) return 'repeated'
  if (progress.superseded) return 'superseded'
  return isOver(progress) ? 'published' : 'ready'
}

const seconds = (milliseconds: number) => Math.round(milliseconds / 10) / 100

/**
 * For programs: nothing but one JSON line an article on standard output; what a person should know goes to standard error.
 *
 * @param tellsReady an article that waits for a person has ended, too
 */
export function jsonReport(siteUrl: string, { tellsReady = false } = {}): Report {
  const write = (outcome: ArticleOutcome) => void process.stdout.write(`${JSON.stringify(outcome)}\n`)
  return {
    say: (text) => void process.stderr.write(`${text}\n`),
    note: () => {},
    // The line of a published article has its deposits: it is told when they have ended.
    ended: (progress, at) => {
      if (isOver(progress) ? hasFailed(progress) : tellsReady) write(outcomeOf(progress, at, siteUrl))
    },
    deposited: (progress, at, outcomes) => write(outcomeOf(progress, at, siteUrl, outcomes)),
    close: () => {},
  }
}

/** For a person: each step as it happens, with the time since the delivery and what it took, and how far a long one is. */
export function humanReport(siteUrl: string, live: LiveLine = liveLine(process.stdout)): Report {
  const { say } = live
  const column = articleColumn()
  return {
    say,
    note: (progress, note) => {
      const article = column(progress)
      const subject = `${progress.delivery.key} ${note.step}`
      if (note.kind === 'progress') return live.show(subject, progressText(progress, note, article), note.at)
      live.show(subject, undefined, note.at)
      const line = stepLine(progress, note, article)
      if (line) say(line)
    },
    close: live.clear,
    ended: (progress, at) => {
      const { failure } = progress
      const since = `${clock(at - Date.parse(progress.delivery.intendedAt))}  ${column(progress)}`
      if (failure) say(`${since}${styleText('red', `FAILED at ${failure.step}:`)} ${failure.reason}`)
      else if (progress.superseded) say(`${since}SUPERSEDED: a newer delivery of this version has taken its place`)
      else if (progress.repeated) say(`${since}THE SAME FILES AGAIN: no new version was made`)
      else if (isOver(progress))
        say(`${since}${styleText('green', 'PUBLISHED:')} ${outcomeOf(progress, at, siteUrl).url}`)
      else say(`${since}${styleText('yellow', 'READY TO PUBLISH:')} a person decides, on the dashboard`)
    },
    deposited: (progress, at, outcomes) => {
      const states = Map.groupBy(Object.entries(outcomes), ([, state]) => state)
      if (states.size === 0) return
      const told = [...states].map(([state, recipients]) => `${recipients.map(([name]) => name).join(', ')} ${state}`)
      say(`${clock(at - Date.parse(progress.delivery.intendedAt))}  ${column(progress)}DEPOSITS: ${told.join('; ')}`)
    },
  }
}

/** A step that began is told only when it ends, or waits, or fails: one line a step. */
function stepLine(progress: Progress, note: Note, article: string): string | undefined {
  // The end of the run has a line of its own.
  if (note.kind === 'error' || (note.kind === 'start' && note.step !== 'Delivery' && note.step !== 'Waiting'))
    return undefined
  const took = note.took === undefined ? '' : `${(note.took / 1000).toFixed(2)} s`
  const since = clock(note.at - Date.parse(progress.delivery.intendedAt))
  return `${since}  ${article}${note.step.padEnd(22)} ${took.padStart(8)}  ${beforehand[note.kind] ?? ''}${note.message}`
}

/** Says how far a step is, as briefly as it can: it shares a line of the terminal with others. */
function progressText(progress: Progress, note: Note, article: string): string {
  const since = clock(note.at - Date.parse(progress.delivery.intendedAt))
  return `${since}  ${article}${note.step}: ${note.message}`
}

const beforehand: Partial<Record<Note['kind'], string>> = {
  retry: 'failed, will be tried again: ',
  busy: 'waits, and will be tried again: ',
}

/** `+12.3 s`, or `+3:12 min` from a hundred seconds on. */
export function clock(milliseconds: number): string {
  const all = Math.max(0, milliseconds) / 1000
  if (all < 100) return `+${all.toFixed(1)} s`.padStart(9)
  return `+${Math.floor(all / 60)}:${String(Math.floor(all % 60)).padStart(2, '0')} min`.padStart(9)
}

/** The article and version of a line, as wide as the widest so far: ids of other journals are longer than those of the default one. */
export function articleColumn(): (progress: Progress) => string {
  let width = 6
  return ({ articleId, delivery, version }) => {
    const name = articleId ?? delivery.key
    width = Math.max(width, name.length)
    return `${name.padEnd(width)} ${(version === '0' ? '' : `v${version}`).padEnd(3)} `
  }
}
