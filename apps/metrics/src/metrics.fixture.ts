import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { journalsOf } from '@continuum/article'
import { connectDatabase, createLogger } from '@continuum/service'
import { sharedDatabase } from '@continuum/service/testing'
import { identitiesOf, type UsageHit, type Use } from '@continuum/usage'
import { createMetrics } from './app.ts'
import type { Catalogue, CatalogueArticle } from './catalogue/catalogue.ts'
import { closeDay } from './count/close-day.ts'
import { holdDays, openDays } from './count/days.ts'
import { markStale, recordHits } from './count/record-hits.ts'
import { recountStale } from './count/recount.ts'
import { takeLog } from './intake/take-log.ts'

export const token = 'a-token-of-the-tests'
export const counterKey = 'a-key-of-a-library'

const five = { publisher: 'P', issn: '1234-5679' }
export const journals = journalsOf([
  { ...five, name: 'eLife', prefix: 'elife', doiPrefix: '10.7554/eLife.', default: true },
  { ...five, name: 'Second Journal', prefix: 'ijm', doiPrefix: '10.34196/ijm.' },
])

const database = await sharedDatabase()
export const logger = createLogger({ service: 'metrics', level: 'silent' })
const migrations = new URL('./migrations/', import.meta.url)
const sql = await connectDatabase({ url: database.url, schema: 'metrics', migrations, logger, max: 5 })

/** A published article, as the tests' catalogue has it: by version its status. */
export type Published = Record<string, { statuses: ('poa' | 'vor')[] } & Partial<CatalogueArticle>>

/** An empty usage counter, whose clock and published articles the test sets; one at a time. */
export async function startMetrics(start = '2026-03-10T12:00:00Z', services: string[] = ['Crossref']) {
  await sql`truncate day, event, stale, usage, log_file, history, citation, citation_source cascade`
  const clock = { now: Temporal.Instant.from(start) }
  const published: Published = { '00353': { statuses: ['vor'], published: '2012-12-13' } }
  const doiOf = (id: string) => (id.startsWith('ijm-') ? `10.34196/ijm.${id.slice(4)}` : `10.7554/eLife.${id}`)
  const catalogue: Catalogue = {
    find: async (id) => {
      const versions = published[id]?.statuses.map((status, index) => ({ version: index + 1, status }))
      return versions && { doi: doiOf(id), versions }
    },
    list: async () =>
      Object.entries(published).map(([id, { statuses: _, ...more }]) => ({
        id,
        doi: doiOf(id),
        title: `Of ${id}`,
        ...more,
      })),
    check: async () => undefined,
  }
  const now = () => clock.now
  const context = { sql, catalogue, journals, services, token, counterKey, siteName: 'The Site', now }
  const app = await createMetrics({ ...context, logger })
  const authorization = `Bearer ${token}`

  /** Clicks of readers, as the site sends them. */
  const click = async (
    clicks: readonly { at: string; user?: string; article?: string; use?: Use; link?: string; id?: string }[],
  ): Promise<void> => {
    const hits: UsageHit[] = []
    const before = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
    const days = clicks.map(({ at }) => at.slice(0, 10))
    await openDays(sql, [...days, ...days.map(before)], clock.now)
    await sql.begin(async (tx) => {
      const keys = await holdDays(tx, [...days, ...days.map(before)])
      for (const { at, user = 'somebody', article = '00353', use = 'full', link, id = randomUUID() } of clicks) {
        const instant = Temporal.Instant.from(at)
        const names = identitiesOf(
          instant,
          { address: user, userAgent: 'Firefox' },
          (day) => keys.get(day.toString())?.key,
        )
        const suffix = use === 'full' || use === 'abstract' ? '' : `.${use}`
        const hit = { id, at: instant.toString(), article, use, link: link ?? `site/articles/${article}${suffix}` }
        if (names) hits.push({ ...hit, ...names })
      }
      const { affected } = await recordHits(tx, hits, false)
      await markStale(tx, affected)
    })
    await recountStale(sql)
  }

  return {
    app,
    sql,
    clock,
    published,
    context,
    click,
    close: (day: string) => closeDay(sql, day, clock.now),
    take: async (text: string | Buffer, name = 'E1.2026-03-10-12.abc.gz') => {
      const taken = await takeLog(context, { name, content: Readable.from([Buffer.from(text)]) })
      await recountStale(sql)
      return taken
    },
    usage: async (day: string, article = '00353') => {
      const [row] = await sql`
        select "full", abstract, pdf, total_investigations as tii, unique_investigations as uii,
          total_requests as tir, unique_requests as uir from usage where day = ${day} and article = ${article}`
      return row
    },
    get: (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers }),
    operate: (method: 'GET' | 'POST', url: string, payload: string | Buffer = '') =>
      app.inject({
        method,
        url,
        headers: { authorization, ...(method === 'POST' && { 'content-type': 'application/octet-stream' }) },
        ...(method === 'POST' && { payload }),
      }),
    [Symbol.asyncDispose]: () => app.close(),
  }
}

export type MetricsUnderTest = Awaited<ReturnType<typeof startMetrics>>

const fields =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header'

const firefox = 'Mozilla/5.0%20(X11;%20Linux%20x86_64;%20rv:130.0)%20Gecko/20100101%20Firefox/130.0'

/** A line of a CloudFront log. */
export function logLine(line: {
  at: string
  path?: string
  ip?: string
  agent?: string
  status?: number
  method?: string
  id?: string
}): string {
  const {
    at,
    path = '/00353/elife-00353-v1.pdf',
    ip = '192.0.2.1',
    agent = firefox,
    status = 200,
    method = 'GET',
  } = line
  const [date = '', time = ''] = at.replace('Z', '').split('T')
  const id = line.id ?? randomUUID()
  const host = 'd111.cloudfront.net'
  return [
    date,
    time,
    'FRA2',
    1045,
    ip,
    method,
    host,
    path,
    status,
    '-',
    agent,
    '-',
    '-',
    'Hit',
    id,
    'cdn.example.org',
  ].join('\t')
}

/** A CloudFront log file of these lines. */
export function logFile(...lines: readonly string[]): string {
  return `#Version: 1.0\n#Fields: ${fields}\n${lines.map((line) => `${line}\n`).join('')}`
}
