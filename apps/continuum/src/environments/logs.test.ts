import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadEnvironment } from '@continuum/environments'
import { expect, onTestFinished, test } from 'vitest'
import { openDataDirectory } from '../local/data-directory.ts'
import { AwsError, standIn } from './aws.fixture.ts'
import { awsLogs } from './aws-logs.ts'
import { localLogs } from './local-logs.ts'
import { parseLogLine, formatLogLine, type LogLine } from './log-line.ts'
import { parseSince } from './since.ts'

const environment = await loadEnvironment('continuum-test')
const at = Date.UTC(2026, 10, 28, 9)
const line = (second: number, message: string, more: object = {}) =>
  JSON.stringify({ level: 'info', time: new Date(at + second * 1000).toISOString(), message, ...more })
const never = new AbortController().signal

async function texts(lines: AsyncIterable<LogLine>) {
  const all: string[] = []
  for await (const { process, text } of lines)
    all.push(`${process}: ${text.includes('"message"') ? JSON.parse(text).message : text}`)
  return all
}

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'logs-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return openDataDirectory(path, '/')
}

test('the log groups of several processes are read page by page and told in the order of time', async () => {
  const asked = await standIn('CLOUDWATCH_LOGS', {
    FilterLogEvents: ({ logGroupName, nextToken }) => {
      if (logGroupName !== '/continuum/continuum-test/lax')
        return { events: [{ eventId: 'w', timestamp: at + 1500, message: line(1.5, 'between') }] }
      return nextToken === 'more'
        ? { events: [{ eventId: 'b', timestamp: at + 2000, message: line(2, 'last') }] }
        : { events: [{ eventId: 'a', timestamp: at + 1000, message: line(1, 'first') }], nextToken: 'more' }
    },
  })
  const lines = awsLogs(environment, ['lax', 'worker'], { since: at, follow: false, every: 1, signal: never })
  expect(await texts(lines)).toEqual(['lax: first', 'worker: between', 'lax: last'])
  expect(asked.map(({ input }) => input['startTime'])).toEqual([at, at, at])
})

test('of a log that services share each line is told as that of the service that wrote it', async () => {
  const asked = await standIn('CLOUDWATCH_LOGS', {
    FilterLogEvents: () => ({
      events: [
        { eventId: 'a', timestamp: at, message: line(0, 'stored', { service: 'lax' }) },
        { eventId: 'b', timestamp: at + 1, message: line(0, 'shown', { service: 'journal' }) },
        { eventId: 'c', timestamp: at + 2, message: line(0, 'counted', { service: 'dashboard' }) },
        { eventId: 'd', timestamp: at + 3, message: 'Killed' },
      ],
    }),
  })
  const small = await loadEnvironment('small')
  const lines = awsLogs(small, ['lax', 'dashboard-consumer'], { since: at, follow: false, every: 1, signal: never })
  expect(await texts(lines)).toEqual(['lax: stored', 'dashboard-consumer: counted', 'services: Killed'])
  expect(asked.map(({ input }) => input['logGroupName'])).toEqual(['/continuum/small/services'])
})

test('followed, each event is told once, although what was asked for overlaps', async () => {
  let looks = 0
  await standIn('CLOUDWATCH_LOGS', {
    FilterLogEvents: () => {
      looks++
      const known = [{ eventId: 'a', timestamp: Date.now(), message: 'one' }]
      return { events: looks === 1 ? known : [...known, { eventId: 'b', timestamp: Date.now(), message: 'two' }] }
    },
  })
  const stop = new AbortController()
  const seen: string[] = []
  for await (const { text } of awsLogs(environment, ['lax'], {
    since: at,
    follow: true,
    every: 1,
    signal: stop.signal,
  })) {
    seen.push(text)
    if (text === 'two') stop.abort()
  }
  expect(seen).toEqual(['one', 'two'])
})

test('a log group that is not there is said', async () => {
  await standIn('CLOUDWATCH_LOGS', {
    FilterLogEvents: () => {
      throw new AwsError('ResourceNotFoundException')
    },
  })
  const lines = awsLogs(environment, ['lax'], { since: at, follow: false, every: 1, signal: never })
  await expect(texts(lines)).rejects.toThrow('There is no log group /continuum/continuum-test/lax in us-east-1')
})

test('here the log files are read, from the moment on; a line without a moment belongs to the one before', async () => {
  const data = folder()
  writeFileSync(join(data.logs, 'lax.log'), `${line(0, 'old')}\n${line(5, 'new')}\nError: a stack\n${line(9, 'half')}`)
  writeFileSync(join(data.logs, 'worker.log'), `${line(6, 'work')}\n`)
  const lines = localLogs(data, ['lax', 'worker'], { since: at + 3000, follow: false, every: 1, signal: never })
  expect(await texts(lines)).toEqual(['lax: new', 'lax: Error: a stack', 'worker: work'])
})

test('here too what is added is followed', async () => {
  const data = folder()
  const file = join(data.logs, 'lax.log')
  writeFileSync(file, `${line(0, 'one')}\n`)
  const stop = new AbortController()
  const seen: string[] = []
  for await (const { text } of localLogs(data, ['lax'], { since: 0, follow: true, every: 1, signal: stop.signal })) {
    seen.push(String(JSON.parse(text).message))
    if (seen.length === 1) appendFileSync(file, `${line(1, 'two')}\n`)
    else stop.abort()
  }
  expect(seen).toEqual(['one', 'two'])
})

test('a process without a log is refused with those that have one', async () => {
  const data = folder()
  writeFileSync(join(data.logs, 'lax.log'), '')
  const lines = localLogs(data, ['dashboard-web'], { since: 0, follow: false, every: 1, signal: never })
  await expect(texts(lines)).rejects.toThrow(`dashboard-web has no log in ${data.logs}. There are: lax.`)
})

test('a line is told in words: what article and step, what happened and why', () => {
  const text = line(1, 'it failed', {
    level: 'error',
    articleId: '00353',
    version: 1,
    activity: 'ConvertImages',
    err: { message: 'no such figure' },
  })
  expect(formatLogLine(parseLogLine('worker', text)).replaceAll(/ +/g, ' ')).toBe(
    '2026-11-28T09:00:01.000Z worker error 00353 v1 ConvertImages: it failed: no such figure',
  )
  const request = line(2, 'request', { method: 'GET', path: '/api/v2/articles', status: 200, ms: 21 })
  expect(formatLogLine(parseLogLine('lax', request)).replaceAll(/ +/g, ' ')).toBe(
    '2026-11-28T09:00:02.000Z lax info GET /api/v2/articles 200 in 21 ms: request',
  )
  expect(formatLogLine(parseLogLine('postgres', 'FATAL: no')).trim()).toBe('postgres            FATAL: no')
})

test('a moment is an age or an instant', () => {
  expect(parseSince('10m', at)).toBe(at - 600_000)
  expect(parseSince('1d', at)).toBe(at - 86_400_000)
  expect(parseSince('2026-11-28T09:00:00Z', 0)).toBe(at)
  for (const wrong of ['yesterday', '10', '2026-11-28', ''])
    expect(() => parseSince(wrong, at)).toThrow('is not a time')
})
