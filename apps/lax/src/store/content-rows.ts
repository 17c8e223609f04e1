import type { PendingQuery, TransactionSql } from 'postgres'
import type { Stage } from '../rules/article-state.ts'
import type { Fragment } from '../rules/fragments.ts'
import { toDate } from '../rules/instants.ts'
import { isJsonObject, type Json } from '../rules/json.ts'
import type { Rendering } from '../rules/rendering.ts'
import type { Query } from './pipeline.ts'

/** The columns of a content that are made of its article JSON and the fragments of its article. */
export type ContentColumns = ReturnType<typeof contentColumns>

export function contentColumns(source: Json, fragments: readonly Fragment[], rendering: Rendering) {
  return {
    doi: rendering.doi,
    status: rendering.status,
    public_api: [...rendering.publicApi],
    source: fragments.length > 0 ? JSON.stringify(source) : null,
    body: rendering.body,
    snippet: rendering.snippet,
    history: rendering.history,
    related: [...rendering.related],
    related_external: rendering.relatedExternal,
    related_preprints: rendering.relatedPreprints,
  }
}

/** Reads the fragments of an article in the order in which they are merged. */
export async function readFragments(tx: TransactionSql, article: string): Promise<readonly Fragment[]> {
  return fragmentsIn(await selectFragments(tx, article))
}

interface FragmentRow {
  name: string
  object: string
}

/** The query of an article's fragments; `fragmentsIn` reads its rows. */
export function selectFragments(tx: TransactionSql, article: string): PendingQuery<FragmentRow[]> {
  return tx<FragmentRow[]>`select name, object from fragment where article = ${article} order by sequence`
}

export function fragmentsIn(rows: readonly FragmentRow[]): readonly Fragment[] {
  return rows.map(({ name, object }) => {
    const value: unknown = JSON.parse(object)
    return { name, value: isJsonObject(value) ? value : {} }
  })
}

/** An event of a version, or of all versions of an article, for the event log. */
export interface ArticleEvent {
  article: string
  version?: number
  event:
    | 'ingest'
    | 'publish'
    | 'fragment'
    | 'fragment removed'
    | 'withdraw'
    | 'reinstate'
    | 'retract'
    | 'retraction removed'
  stage?: Stage
  run?: string
  forced: boolean
  location?: string | undefined
  date?: Temporal.Instant | undefined
  name?: string
  at: Temporal.Instant
}

/** The query that adds to the event log. */
export function logEvent(tx: TransactionSql, event: ArticleEvent): Query {
  const { article, version = null, stage = null, run = null, forced, location = null, date, name = null, at } = event
  const row = { article, version, event: event.event, stage, run, forced, location, name }
  return tx`insert into event ${tx({ ...row, date: date ? toDate(date) : null, at: toDate(at) })}`
}
