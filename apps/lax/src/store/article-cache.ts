import type { ArticleStatus } from '@continuum/article'
import type { Sql } from '@continuum/service'
import { mergedText } from './json-text.ts'
import { findArticle, type Visibility } from './read-store.ts'
import { contentOf, type Content } from './content.ts'
import { changedChannel } from './write-store.ts'

export interface ArticleContent extends Content {
  status: ArticleStatus
  /** The run that ingested it. */
  run: string
}

export interface ArticleCache {
  /** Returns an article as it is served: its newest visible version, or the given one. */
  find: (visibility: Visibility, article: string, version?: number) => Promise<ArticleContent | undefined>
  /** Call it when an article has changed, before the change is acknowledged. */
  forget: (article: string) => void
  close: () => Promise<void>
}

/**
 * Caches recently read public articles as the bytes that go over the wire; unpublished content is never cached. An article
 * is dropped when this process changes it, and when the database notifies that another process has; after a loss of that
 * connection the whole cache is dropped.
 *
 * @param limit the maximal size in bytes
 */
export async function createArticleCache(sql: Sql, limit = 64 * 1024 * 1024): Promise<ArticleCache> {
  const kept = new Map<string, ArticleContent>()
  let size = 0
  let changes = 0

  const drop = (key: string) => {
    size -= kept.get(key)?.bytes.length ?? 0
    kept.delete(key)
  }
  const forget = (article: string) => {
    changes++
    for (const key of kept.keys()) if (key.startsWith(`${article} `)) drop(key)
  }
  const forgetAll = () => {
    changes++
    kept.clear()
    size = 0
  }
  const keep = (key: string, content: ArticleContent) => {
    drop(key)
    kept.set(key, content)
    size += content.bytes.length
    for (const oldest of kept.keys()) if (size > limit) drop(oldest)
  }
  const listening = await sql.listen(changedChannel, (article) => forget(article), forgetAll)

  return {
    forget,
    close: () => listening.unlisten(),
    find: async (visibility, article, version) => {
      const key = `${article} ${version ?? ''}`
      const known = visibility === 'published' ? kept.get(key) : undefined
      if (known) {
        kept.delete(key)
        kept.set(key, known)
        return known
      }
      const before = changes
      const found = await findArticle(sql, visibility, article, version)
      if (!found) return undefined
      const { status, run } = found
      const content = { status, run, ...contentOf(mergedText(found.head, found.body)) }
      if (visibility === 'published' && changes === before) keep(key, content)
      return content
    },
  }
}
