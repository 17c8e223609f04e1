import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logFile, logLine, startMetrics } from './metrics.fixture.ts'

const day = '2026-03-10'
const at = (time: string, of = day) => `${of}T${time}Z`

describe('double-clicks and sessions', () => {
  test('scenario 2: 15 double-clicks at 29 s and 15 at 31 s by 30 users are 45, 45, 30, 30', async () => {
    await using metrics = await startMetrics()
    const clicks = Array.from({ length: 30 }, (_, index) => {
      const apart = index < 15 ? 29 : 31
      return [at('10:00:00'), at(`10:00:${apart}`)].map((each) => ({ at: each, user: `user ${index}` }))
    })
    await metrics.click(clicks.flat())
    expect(await metrics.usage(day)).toMatchObject({ tii: 45, tir: 45, uii: 30, uir: 30 })
  })

  test('scenario 3: clicks at 0, 20, 40 and 60 s are one, at the last', async () => {
    await using metrics = await startMetrics()
    await metrics.click(['10:00:00', '10:00:20', '10:00:40', '10:01:00'].map((time) => ({ at: at(time) })))
    expect(await metrics.usage(day)).toMatchObject({ tii: 1, uii: 1 })
  })

  test("scenario 3: a chain over midnight of a month's end counts in the later month", async () => {
    await using metrics = await startMetrics('2026-04-01T00:10:00Z')
    await metrics.click([{ at: '2026-03-31T23:59:50Z' }])
    expect(await metrics.usage('2026-03-31')).toMatchObject({ tii: 1 })
    await metrics.click([{ at: '2026-04-01T00:00:10Z' }])
    expect(await metrics.usage('2026-03-31')).toBeUndefined()
    expect(await metrics.usage('2026-04-01')).toMatchObject({ tii: 1 })
    await metrics.close('2026-04-01')
    expect(await metrics.usage('2026-03-31')).toBeUndefined()
  })

  test('scenario 4: 13:59:40 and 14:00:20 are two sessions; five formats and versions in one hour are one', async () => {
    await using metrics = await startMetrics()
    await metrics.click([{ at: at('13:59:40') }, { at: at('14:00:20') }])
    expect(await metrics.usage(day)).toMatchObject({ tii: 2, uii: 2, tir: 2, uir: 2 })
    const uses = ['full', 'pdf', 'xml', 'figures', 'citation'] as const
    await metrics.click(
      uses.map((use, index) => ({ at: at(`09:0${index}:00`), use, user: 'another', link: `site/${index}` })),
    )
    expect(await metrics.usage(day)).toMatchObject({ tii: 7, uii: 3, tir: 5, uir: 3 })
  })

  test('scenario 5: the page of a PoA is an investigation and no request', async () => {
    await using metrics = await startMetrics()
    await metrics.click([{ at: at('10:00:00'), use: 'abstract' }])
    expect(await metrics.usage(day)).toMatchObject({ abstract: 1, full: 0, tii: 1, uii: 1, tir: 0, uir: 0 })
    await metrics.click([{ at: at('11:00:00'), use: 'full' }])
    expect(await metrics.usage(day)).toMatchObject({ abstract: 1, full: 1, tii: 2, tir: 1 })
  })

  test('the article page and its PDF are two links: neither is a double-click of the other', async () => {
    await using metrics = await startMetrics()
    await metrics.click([{ at: at('10:00:00') }, { at: at('10:00:05'), use: 'pdf' }])
    expect(await metrics.usage(day)).toMatchObject({ tii: 2, tir: 2, uii: 1, uir: 1, full: 1, pdf: 1 })
  })

  test('scenario 9: a late click between two that were counted makes them one', async () => {
    await using metrics = await startMetrics()
    await metrics.click([{ at: at('10:00:00') }, { at: at('10:00:50') }])
    expect(await metrics.usage(day)).toMatchObject({ tii: 2 })
    await metrics.click([{ at: at('10:00:25') }])
    expect(await metrics.usage(day)).toMatchObject({ tii: 1 })
  })

  test('whatever the clicks and their order: unique never exceeds total, requests never investigations, repeats change nothing', async () => {
    await using metrics = await startMetrics()
    const aClick = fc.record({
      second: fc.integer({ min: 0, max: 7300 }),
      user: fc.constantFrom('a', 'b'),
      use: fc.constantFrom('full' as const, 'abstract' as const, 'pdf' as const),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(aClick, { minLength: 1, maxLength: 30 }), async (drawn) => {
        await metrics.sql`truncate event, stale, usage`
        const base = Temporal.Instant.from(at('10:00:00'))
        const clicks = drawn.map(({ second, ...rest }, index) => ({
          ...rest,
          id: `click-${index}`,
          at: base.add({ seconds: second }).toString(),
        }))
        await metrics.click(clicks)
        const first = await metrics.usage(day)
        await metrics.click(clicks.toReversed())
        expect(await metrics.usage(day)).toEqual(first)
        const { tii = 0, uii = 0, tir = 0, uir = 0 } = first ?? {}
        expect(tii >= uii && uii >= uir && tii >= tir && tir >= uir).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})

describe('log files', () => {
  test('scenarios 6 and 7: what is no success, no GET or by a robot counts nothing, and is told; Firefox counts one', async () => {
    await using metrics = await startMetrics()
    const time = at('10:00:00')
    const taken = await metrics.take(
      logFile(
        logLine({ at: time }),
        ...[206, 302, 404, 0].map((status) => logLine({ at: time, status })),
        logLine({ at: time, method: 'HEAD' }),
        ...['Googlebot/2.1', 'GPTBot', 'curl/8.5', '-', 'node', 'ELB-HealthChecker/2.0', 'undici'].map((agent) =>
          logLine({ at: time, agent }),
        ),
        logLine({ at: time, path: '/00353/elife-00353-fig1-v1.jpg' }),
        logLine({ at: time, path: '/99999/elife-99999-v1.pdf' }),
        'not\ta line',
      ),
    )
    expect(taken).toMatchObject({
      lines: 16,
      counted: 1,
      skipped: {
        'a robot': 7,
        'not answered with 200 or 304': 4,
        'not GET': 1,
        'not an article, or a part of one that counts': 1,
        'an unknown article, or one that is not published': 1,
        'not readable': 1,
      },
    })
    expect(await metrics.usage(day)).toMatchObject({ pdf: 1, tii: 1 })
  })

  test('scenario 8: a file taken twice, and two that overlap in either order, give the same numbers', async () => {
    const [one = '', two = '', three = ''] = ['10:00:00', '10:00:10', '10:05:00'].map((time) =>
      logLine({ at: at(time) }),
    )
    const counts: unknown[] = []
    for (const files of [
      [logFile(one, two), logFile(two, three)],
      [logFile(two, three), logFile(one, two)],
    ]) {
      await using metrics = await startMetrics()
      for (const [index, file] of [...files, ...files].entries()) {
        const taken = await metrics.take(gzipSync(file), `file-${index}.gz`)
        expect(taken.takenBefore === undefined).toBe(index < 2)
      }
      counts.push(await metrics.usage(day))
    }
    expect(counts[0]).toMatchObject({ tii: 2, pdf: 2, uii: 1 })
    expect(counts[1]).toEqual(counts[0])
  })

  test('scenario 8: a file that breaks off in the middle leaves nothing, and is counted whole the next time', async () => {
    await using metrics = await startMetrics()
    const lines = Array.from({ length: 50 }, (_, index) => logLine({ at: at('10:00:00'), ip: `192.0.2.${index}` }))
    const whole = gzipSync(logFile(...lines))
    await expect(metrics.take(whole.subarray(0, whole.length - 20))).rejects.toThrow('unexpected end of file')
    expect(await metrics.sql`select from event`).toHaveLength(0)
    expect(await metrics.take(whole)).toMatchObject({ counted: 50 })
    expect(await metrics.usage(day)).toMatchObject({ tii: 50, uii: 50 })
  })

  test('pages of the log are full text or abstract by the version that they show; IP and user agent are one reader', async () => {
    await using metrics = await startMetrics()
    metrics.published['04637'] = { statuses: ['poa', 'vor'] }
    await metrics.take(
      logFile(
        logLine({ at: at('10:00:00'), path: '/articles/04637v1' }),
        logLine({ at: at('10:10:00'), path: '/articles/04637' }),
        logLine({ at: at('10:20:00'), path: '/articles/04637', ip: '192.0.2.2' }),
      ),
    )
    expect(await metrics.usage(day, '04637')).toMatchObject({ abstract: 1, full: 2, uii: 2, uir: 2 })
  })

  test('a log without request ids counts the same line twice as one, as a double-click of the same second, and the file again as none', async () => {
    await using metrics = await startMetrics()
    const line = logLine({ at: at('10:00:00'), id: '-' })
    expect(await metrics.take(logFile(line, line))).toMatchObject({ counted: 1, skipped: { 'counted before': 1 } })
    expect(await metrics.usage(day)).toMatchObject({ tii: 1 })
    expect(await metrics.take(logFile(line))).toMatchObject({ counted: 0, skipped: { 'counted before': 1 } })
  })

  test('what is no CloudFront log is refused in words', async () => {
    await using metrics = await startMetrics()
    await expect(metrics.take('127.0.0.1 - - [10/Mar/2026] "GET /"')).rejects.toThrow('This is no CloudFront log')
    await expect(metrics.take('#Version: 1.0\n#Fields: date time\n')).rejects.toThrow('lacks the fields c-ip')
  })
})

describe('days', () => {
  test('scenario 37: a day that should have closed makes the service unhealthy, with the day and what to do', async () => {
    await using metrics = await startMetrics()
    await metrics.take(logFile(logLine({ at: at('10:00:00') })))
    expect((await metrics.get('/status')).statusCode).toBe(200)
    metrics.clock.now = Temporal.Instant.from('2026-03-14T02:00:00Z')
    const status = await metrics.get('/status')
    expect([status.statusCode, status.body]).toEqual([503, expect.stringContaining(`continuum metrics close ${day}`)])
    await metrics.close(day)
    expect((await metrics.get('/status')).statusCode).toBe(200)
  })

  test('scenario 1: two clicks on a page within 10 s and one on the PDF are, after the close, a view, a download, TII 2, TIR 2, UII 1, UIR 1', async () => {
    await using metrics = await startMetrics()
    await metrics.click([{ at: at('10:00:00') }, { at: at('10:00:09') }, { at: at('10:00:30'), use: 'pdf' }])
    await metrics.close(day)
    expect(await metrics.usage(day)).toEqual({ full: 1, abstract: 0, pdf: 1, tii: 2, uii: 1, tir: 2, uir: 1 })
    const total = async (metric: string) => (await metrics.get(`/metrics/article/353/${metric}`)).json().totalValue
    expect([await total('page-views'), await total('downloads')]).toEqual([1, 1])
  })

  test('scenario 12: once a day is closed, nothing is left of who read', async () => {
    await using metrics = await startMetrics()
    await metrics.take(logFile(logLine({ at: at('10:00:00') }), logLine({ at: at('11:00:00') })))
    expect(await metrics.close(day)).toEqual([{ day, articles: 1, investigations: 2, requests: 2 }])
    expect(await metrics.sql`select from event`).toHaveLength(0)
    expect(await metrics.sql`select key from day where key is not null`).toHaveLength(0)
    for (const table of ['day', 'usage', 'log_file', 'stale', 'history']) {
      const rows = await metrics.sql`select * from ${metrics.sql(table)}`
      expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2|Firefox/)
    }
  })

  test('lines for a closed day are told and not counted; rebuilding counts it again from its logs', async () => {
    await using metrics = await startMetrics()
    const early = logFile(logLine({ at: at('10:00:00') }))
    const late = logFile(logLine({ at: at('12:00:00') }))
    await metrics.take(early)
    await metrics.close(day)
    expect(await metrics.take(late)).toMatchObject({ counted: 0, skipped: { 'of a day that is closed': 1 } })
    expect(await metrics.usage(day)).toMatchObject({ tii: 1 })
    expect((await metrics.operate('POST', `/usage/days/${day}/rebuild`)).json()).toMatchObject({ reopened: true })
    for (const file of [early, late]) {
      const url = `/usage/logs?name=a&only-day=${day}`
      expect((await metrics.operate('POST', url, file)).json()).toMatchObject({ counted: 1 })
    }
    await metrics.close(day)
    expect(await metrics.usage(day)).toMatchObject({ tii: 2, uii: 2 })
  })

  test('a closed day with usage that no log has is not opened again unless it is told to lose it', async () => {
    await using metrics = await startMetrics()
    await metrics.click([{ at: at('10:00:00') }])
    await metrics.close(day)
    const refused = await metrics.operate('POST', `/usage/days/${day}/rebuild`)
    expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining('1 of the 1 uses')])
    expect((await metrics.operate('POST', `/usage/days/${day}/rebuild?force=true`)).json()).toMatchObject({
      reopened: true,
    })
  })

  test('a day closes by itself three days after its end, one that old logs fill three days after the first line', async () => {
    await using metrics = await startMetrics('2026-03-10T12:00:00Z')
    await metrics.take(logFile(logLine({ at: at('10:00:00') }), logLine({ at: '2025-01-01T10:00:00Z' })))
    const rows = await metrics.sql<{ day: string; closes: Date }[]>`select day::text, closes from day order by day`
    expect(rows.map(({ day: each, closes }) => [each, closes.toISOString()])).toEqual([
      ['2025-01-01', '2026-03-13T12:00:00.000Z'],
      ['2026-03-10', '2026-03-14T00:00:00.000Z'],
    ])
  })

  test('a day that has not begun is not closed', async () => {
    await using metrics = await startMetrics()
    const reply = await metrics.operate('POST', '/usage/days/2026-03-11/close')
    expect([reply.statusCode, reply.json().detail]).toEqual([400, expect.stringContaining('has not begun')])
  })

  test('the key of a day is for the site alone, and gone when the day is closed', async () => {
    await using metrics = await startMetrics()
    expect((await metrics.get(`/usage/days/${day}/key`)).statusCode).toBe(403)
    const { key } = (await metrics.operate('GET', `/usage/days/${day}/key`)).json()
    expect(Buffer.from(key, 'base64url')).toHaveLength(32)
    expect((await metrics.operate('GET', `/usage/days/${day}/key`)).json()).toEqual({ key })
    expect((await metrics.operate('GET', '/usage/days/2026-01-01/key')).statusCode).toBe(410)
    await metrics.close(day)
    expect((await metrics.operate('GET', `/usage/days/${day}/key`)).statusCode).toBe(410)
  })
})
