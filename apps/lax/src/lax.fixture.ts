import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { createLax } from './app.ts'

export const token = 'a-token-of-the-tests'
export const journal = {
  name: 'eLife',
  publisher: 'A Publisher',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
}

/** An article store on a database of its own, whose clock the test sets, with the requests that the tests make. */
export async function startLax(start = '2016-10-05T12:00:00Z') {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const logger = createLogger({ service: 'lax', level: 'silent' })
  const migrations = new URL('./migrations/', import.meta.url)
  const sql = await connectDatabase({ url: database.url, schema: 'lax', migrations, logger, max: 3 })
  stack.defer(() => sql.end())
  const clock = { now: Temporal.Instant.from(start) }
  const app = await createLax({ sql, journals: [journal], token, now: () => clock.now, logger })
  stack.defer(() => app.close())
  const authorization = `Bearer ${token}`

  return {
    app,
    clock,
    sql,
    authorization,
    get: (path: string, headers: Record<string, string> = {}) =>
      app.inject({ method: 'GET', url: `/api/v2/articles${path}`, headers }),
    put: (path: string, payload: unknown, headers: Record<string, string> = { authorization }) =>
      app.inject({
        method: 'PUT',
        url: `/api/v2/articles${path}`,
        headers: { ...headers, 'content-type': 'application/json' },
        payload: text(payload),
      }),
    post: (path: string, payload: unknown, headers: Record<string, string> = { authorization }) =>
      app.inject({
        method: 'POST',
        url: `/api/v2/articles${path}`,
        headers: { ...headers, 'content-type': 'application/json' },
        payload: text(payload),
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Lax = Awaited<ReturnType<typeof startLax>>

function text(payload: unknown): string {
  return typeof payload === 'string' ? payload : JSON.stringify(payload)
}

/** An article JSON that is as small as may be; `more` overrides, `undefined` takes away. */
export function sampleArticle(more: { id?: string; [key: string]: unknown } = {}): Record<string, unknown> {
  const { id = '00353' } = more
  const section = {
    type: 'section',
    id: 's1',
    title: 'Results',
    content: [{ type: 'paragraph', text: 'Naïve <i>text</i>.' }],
  }
  return {
    '-history': { received: '2012-11-01T00:00:00Z', accepted: '2012-12-01T00:00:00Z' },
    status: 'vor',
    id,
    version: 1,
    type: 'research-article',
    doi: `10.7554/eLife.${id}`,
    title: 'A good life',
    published: '2012-12-13T00:00:00Z',
    volume: 1,
    elocationId: `e${id}`,
    copyright: { license: 'CC-BY-3.0', holder: 'Researcher', statement: 'Free to use.' },
    body: [section],
    stage: 'published',
    statusDate: '2099-01-01T00:00:00Z',
    ...more,
  }
}
