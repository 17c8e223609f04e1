import postgres, { type Sql } from 'postgres'
import { commonSettings, startServices, type Server } from '../services.ts'

const token = 'the-token-of-the-bench'
export const authorization = `Bearer ${token}`

/** A process of the article store, its database, and the number of articles that it is to have. */
export interface Store extends Server {
  readonly sql: Sql
  readonly articles: number
}

/** Two article stores, each a process with a database, of many articles and of few; and the process that serves constants. */
export async function startSystem({ few, many }: { few: number; many: number }) {
  const stack = new AsyncDisposableStack()
  const { databaseUrl, start } = await startServices(stack)
  const startStore = async (url: string, articles: number): Promise<Store> => {
    const server = await start('apps/lax/src/main.ts', { ...commonSettings, DATABASE_URL: url, LAX_TOKEN: token })
    return { ...server, sql: connect(url), articles }
  }
  const connect = (url: string) => {
    const sql = postgres(url, { max: 1, connection: { search_path: 'lax' }, onnotice: () => undefined })
    stack.defer(() => sql.end({ timeout: 1 }))
    return sql
  }
  await connect(databaseUrl)`create database small`
  const small = await startStore(Object.assign(new URL(databaseUrl), { pathname: '/small' }).href, few)
  const lax = await startStore(databaseUrl, many)
  const constant = await start('bench/constant/server.ts', {})
  return { lax, small, constant, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

export type System = Awaited<ReturnType<typeof startSystem>>

/** Fills a store with copies of a published article up to its number, as a corpus that has grown over years. */
export async function fillTo({ sql, articles }: Store): Promise<void> {
  await sql`
    insert into content (article, version, stage, run, doi, status, given, date, updated, fingerprint, head, body, snippet, history,
      related, related_external, related_preprints, newest, newest_published, public_api)
    select 'x' || n, version, stage, run, '10.7554/eLife.x' || n, status, given, date - n * interval '1 hour', updated, fingerprint,
      head, body, snippet, history, '{}', related_external, related_preprints, newest, newest_published, public_api
    from content, generate_series((select count(*) from content), ${articles}) as n
    where article = '00001' and version = 1 and stage = 'published'
    on conflict do nothing`
  await sql`vacuum analyze content`
  await sql`select pg_notify('lax_article_changed', 'x1')`
}
