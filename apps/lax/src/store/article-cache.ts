import type { ArticleStatus } from '@continuum/article'
import type { Sql } from '@continuum/service'
import { mergedText } from './json-text.ts'
import { findArticle, type Visibility } from './read-store.ts'
import { contentOf, type Content } from './content.ts'
import { changedChannel } from './write-store.ts'

export interface ArticleContent extends Content {
  status: ArticleStatus
  /** The run that brought it. */
  run: string
}

export interface ArticleCache {
  /** The newest version that the asker sees, or the one asked for, as it is served. */
  find: (visibility: Visibility, article: string, version?: number) => Promise<ArticleContent | undefined>
  /** To be called when an article has changed, before anybody is told so. */
  forget: (article: string) => void
  close: () => Promise<void>
}

/**
 * Keeps public articles that were read lately as the bytes that go over the wire; what is not public is always read
 * anew. An article is forgotten when this process changes it, and when the database says that another one has; after a
 * loss of that connection everything is forgotten.
 *
 * @param limit bytes to keep at most
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
