import { queueLines } from './depth-lines.ts'
import { closed, type ProcessStatus } from './judge-process.ts'
import type { EnvironmentStatus } from './status.ts'
import { usageStateText } from './usage-state.ts'

/** The status as text for a person. */
export function statusText(status: EnvironmentStatus, now: number): string {
  const age = (instant: string | null) =>
    instant === null ? 'none' : `${Math.max(0, Math.round((now - Date.parse(instant)) / 1000))} s ago`
  const lines = [
    `Running since ${status.since}`,
    ...causeLines(status.processes),
    '',
    ...Object.entries(status.addresses).map(([name, url]) => `  ${name.padEnd(18)} ${url}`),
    '',
    `  ${'process'.padEnd(18)} ${'state'.padEnd(9)} ${'sign of life'.padEnd(13)} restarts  in 24 h   memory  ${'version'.padEnd(18)} pid`,
    ...status.processes.map(
      (each, index) =>
        `  ${each.name.padEnd(18)} ${each.state.padEnd(9)} ${age(each.lastSignOfLife).padEnd(13)} ${String(each.restarts).padStart(8)} ${String(each.restartsLastDay ?? '-').padStart(8)} ${memoryText(status, index).padStart(8)}  ${(each.version ?? '-').padEnd(18)} ${each.pid ?? '-'}${each.problem ? `  ${each.problem}` : ''}`,
    ),
    '',
    ...(status.queues ? queueLines(status.queues) : ['! The queues are unknown: SQS does not answer.']),
    '',
    articlesHeading(status.articles),
    ...(status.articles ?? []).map(
      (each) => `  ${each.articleId} v${each.version}  ${each.doing}${each.since ? `, since ${each.since}` : ''}`,
    ),
    ...(status.usage ? ['', usageStateText(status.usage, now)] : []),
  ]
  return lines.join('\n')
}

/** The memory of a process, once: of others that share it, `shared`. */
function memoryText({ processes }: EnvironmentStatus, index: number): string {
  const { pid, megabytes } = processes[index] ?? { pid: null, megabytes: null }
  if (pid !== null && processes.findIndex((other) => other.pid === pid) < index) return 'shared'
  return `${megabytes ?? '-'} MB`
}

function articlesHeading(articles: EnvironmentStatus['articles']): string {
  if (articles === null) return '  The state of the articles is unknown: the dashboard does not answer.'
  return articles.length === 0 ? '  No articles in progress.' : '  Articles in progress:'
}

/** A line for each process that is in trouble itself; those that only lack it are not named. */
function causeLines(processes: readonly ProcessStatus[]): readonly string[] {
  const lines = processes.flatMap(({ name, state, problem }) => {
    const why = problem === null ? '' : `: ${problem}`
    if (state === 'gone' || problem === closed) return [`! ${name} is down${why}`]
    if (state === 'failing' || state === 'hangs')
      return [`! ${name} ${state === 'hangs' ? 'hangs' : 'is not well'}${why}`]
    return []
  })
  return lines.length === 0 ? [] : ['', ...lines]
}
