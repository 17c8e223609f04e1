import { existsSync, openSync, readSync, closeSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataDirectory } from '../local/data-directory.ts'
import { UserError } from '../errors/user-error.ts'
import { parseLogLine, type LogLine, type LogOptions } from './log-line.ts'

/** Of a log that is longer only its end is looked at. */
const maxBytes = 16_000_000

/** The names of all processes that have a log file. */
export function loggedProcesses(data: DataDirectory): string[] {
  return readdirSync(data.logs)
    .filter((file) => file.endsWith('.log'))
    .map((file) => file.slice(0, -'.log'.length))
    .toSorted()
}

/** The same as `awsLogs`, from the log files of a data directory. A line that says no moment has that of the line before it. */
export async function* localLogs(
  data: DataDirectory,
  processes: readonly string[],
  options: LogOptions,
): AsyncIterable<LogLine> {
  const files = processes.map((process) => ({ process, path: join(data.logs, `${process}.log`), read: 0, rest: '' }))
  const missing = files.find(({ path }) => !existsSync(path))
  if (missing)
    throw new UserError(
      `${missing.process} has no log in ${data.logs}. There are: ${loggedProcesses(data).join(', ') || 'none'}.`,
    )
  for (;;) {
    const lines = files.flatMap((file) => {
      let at = 0
      return newLines(file).map((text) => {
        const line = parseLogLine(file.process, text)
        at = line.at ?? at
        return { line, at }
      })
    })
    lines.sort((a, b) => a.at - b.at)
    for (const { line, at } of lines) if (at >= options.since) yield line
    if (!options.follow) return
    await pause(options.every, undefined, { signal: options.signal }).catch(() => undefined)
    if (options.signal.aborted) return
  }
}

/** The whole lines that were added since the last look; the file may have been emptied. */
function newLines(file: { path: string; read: number; rest: string }): string[] {
  const { size } = statSync(file.path, { throwIfNoEntry: false }) ?? { size: 0 }
  if (size < file.read) Object.assign(file, { read: 0, rest: '' })
  if (size === file.read) return []
  const begun = size - file.read <= maxBytes
  if (!begun) file.read = size - maxBytes
  const buffer = Buffer.alloc(size - file.read)
  const descriptor = openSync(file.path, 'r')
  try {
    file.read += readSync(descriptor, buffer, 0, buffer.length, file.read)
  } finally {
    closeSync(descriptor)
  }
  const lines = (file.rest + buffer.toString('utf8')).split('\n')
  file.rest = lines.pop() ?? ''
  return begun ? lines : lines.slice(1)
}
