import { readArticleId, type Journal } from '@continuum/article'
import type { Secrets, Sql } from '@continuum/service'
import { CatalogueError } from '../catalogue/lax-catalogue.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'

/** The dependencies of the routes. */
export interface RouteContext {
  sql: Sql
  catalogue: Catalogue
  journals: readonly Journal[]
  /** The names of the services that count citations here. */
  services: readonly string[]
  /** The credential of operators and of the site. */
  token: Secrets
  /** The key of libraries. */
  counterKey: Secrets
  siteName: string
  now: () => Temporal.Instant
}

/** An article that is asked about. */
export interface AskedArticle {
  id: string
  /** Absent where the article store is down, and only its usage is known. */
  doi?: string
}

/**
 * Finds the article that an address names: zeros before its number are ignored. While the article store is down, one that has
 * usage is known by that.
 *
 * @throws CatalogueError where the article store is down, and nothing is known
 */
export async function findAsked(
  name: string,
  { sql, catalogue, journals }: RouteContext,
): Promise<AskedArticle | undefined> {
  const id = readArticleId(name, journals)
  if (id === undefined) return undefined
  try {
    const found = await catalogue.find(id)
    return found && { id, doi: found.doi }
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    const [used] = await sql`select from usage where article = ${id} limit 1`
    if (used) return { id }
    throw error
  }
}
