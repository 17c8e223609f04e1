/**
 * A thread with little memory that counts a log file as large as its `workerData` says, and posts what became of it. The lines are made
 * as they are read.
 */
import { Readable } from 'node:stream'
import { parentPort, workerData } from 'node:worker_threads'
import { createGzip } from 'node:zlib'
import { journalsOf } from '@continuum/article'
import { connectDatabase, createLogger } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { recountStale } from './count/recount.ts'
import { takeLog } from './intake/take-log.ts'

const { url, articles, hits, compressed } = Value.Parse(
  Type.Object({ url: Type.String(), articles: Type.Integer(), hits: Type.Integer(), compressed: Type.Boolean() }),
  workerData,
)
const sql = await connectDatabase({
  url,
  schema: 'metrics',
  migrations: new URL('./migrations/', import.meta.url),
  logger: createLogger({ service: 'metrics', level: 'silent' }),
  max: 3,
})

function* lines(): Generator<string> {
  yield '#Version: 1.0\n#Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status cs(User-Agent) x-edge-request-id cs(Referer)\n'
  for (let hit = 0; hit < hits; hit++) {
    const time = new Date(Date.UTC(2026, 2, 10) + Math.floor((hit / hits) * 86_400_000)).toISOString()
    const [date, clock] = [time.slice(0, 10), time.slice(11, 19)]
    const id = String((hit % articles) + 1).padStart(5, '0')
    const agent = `Mozilla/5.0%20(X11;%20Linux)%20Firefox/${hit % 9973}`
    const more = 'https://journal.example.org/articles?'.padEnd(300, 'x')
    const of = (file: string, request: string) =>
      `${[date, clock, `10.1.${hit >> 8}.${hit & 255}`, 'GET', 'd1.example', `/${id}/${file}`, 200, agent, request, more].join('\t')}\n`
    yield of(`elife-${id}-v1.pdf`, compressed ? '-' : `request-${hit}`) + of('elife-figure.jpg', `figure-${hit}`)
  }
}

const content = Readable.from(lines(), { objectMode: false })
const taken = await takeLog(
  {
    sql,
    catalogue: { find: async (id) => ({ doi: `10.7554/eLife.${id}`, versions: [{ version: 1, status: 'vor' }] }) },
    journals: journalsOf([
      { publisher: 'P', name: 'eLife', prefix: 'elife', doiPrefix: '10.7554/eLife.', default: true },
    ]),
    now: () => Temporal.Instant.from('2026-03-11T00:00:00Z'),
  },
  { name: 'large.log', content: compressed ? content.pipe(createGzip({ level: 1 })) : content },
)
await recountStale(sql)
await sql.end()
parentPort?.postMessage({ lines: taken.lines, counted: taken.counted }, [])
