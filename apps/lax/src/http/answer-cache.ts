import { stopListening, type Sql } from '@continuum/service'
import type { Content } from '../store/content.ts'
import { changedChannel } from '../store/write-store.ts'
import type { Kind } from './media-types.ts'

/** The content of an address, before the media type is chosen. */
export interface Found {
  kind: Kind
  /** The versions of the media type by which it is valid; absent: all. */
  fitting?: readonly number[]
  /** The run that ingested it, of an article. */
  run?: string
  /** Returns the bytes for a version of the media type. */
  content: (version: number) => Content
  /** Approximate, in bytes. */
  size: number
}

/** There is no content, for the article has been withdrawn. */
export interface Withdrawn {
  /** The reason, for readers. */
  withdrawn: string
}

/** The answer for an address; undefined: nothing is there. */
export type Answer = Found | Withdrawn | undefined

export interface AnswerCache {
  /**
   * Returns what is at an address: as it was read before where nothing changed since, else as `load` reads it.
   *
   * @param key names the address and who asks; one that sees previews has other keys than everybody
   * @param article the article whose changes change the answer; absent where those of any article do
   */
  find: (key: string, article: string | undefined, load: () => Promise<Answer>) => Promise<Answer>
  /** Call it when an article has changed, before the change is acknowledged. */
  forget: (article: string) => void
  close: () => Promise<void>
}

interface Kept {
  answer: Answer
  article: string | undefined
  size: number
}

/**
 * Caches answers as the bytes that go over the wire; that there is none, or none any more, too. An answer is dropped when this process changes
 * its article, and when the database notifies that another process has; after a loss of that connection all are dropped.
 *
 * @param options.limit the maximal size in bytes
 * @param options.alone no other process writes to this database: nothing is listened for, and no connection kept for it
 */
export async function createAnswerCache(
  sql: Sql,
  { limit = 64 * 1024 * 1024, alone = false }: { limit?: number; alone?: boolean } = {},
): Promise<AnswerCache> {
  const kept = new Map<string, Kept>()
  const loading = new Map<string, Promise<Answer>>()
  const byArticle = new Map<string | undefined, Set<string>>()
  let size = 0

  const drop = (key: string) => {
    const known = kept.get(key)
    if (!known) return
    size -= known.size
    kept.delete(key)
    const keys = byArticle.get(known.article)
    keys?.delete(key)
    if (keys?.size === 0) byArticle.delete(known.article)
  }
  const forget = (article: string) => {
    // What is being read now may be from before the change: it is answered, but not kept.
    loading.clear()
    for (const each of [article, undefined]) for (const key of byArticle.get(each) ?? []) drop(key)
  }
  const forgetAll = () => {
    loading.clear()
    kept.clear()
    byArticle.clear()
    size = 0
  }
  const keep = (key: string, article: string | undefined, answer: Answer) => {
    drop(key)
    const entry = { answer, article, size: sizeOf(answer) + overhead }
    kept.set(key, entry)
    byArticle.set(article, (byArticle.get(article) ?? new Set()).add(key))
    size += entry.size
    for (const oldest of kept.keys()) {
      if (size <= limit) break
      drop(oldest)
    }
  }
  const listening = alone ? undefined : await sql.listen(changedChannel, forget, forgetAll)

  return {
    forget,
    close: async () => listening && stopListening(listening),
    find: async (key, article, load) => {
      const known = kept.get(key)
      if (known) {
        kept.delete(key)
        kept.set(key, known)
        return known.answer
      }
      const underWay = loading.get(key)
      if (underWay) return underWay
      const mine = load()
      loading.set(key, mine)
      try {
        const answer = await mine
        if (loading.get(key) === mine) keep(key, article, answer)
        return answer
      } finally {
        if (loading.get(key) === mine) loading.delete(key)
      }
    },
  }
}

function sizeOf(answer: Answer): number {
  return answer && 'size' in answer ? answer.size : 0
}

/** The cost of an entry beside its bytes, so that millions of unknown addresses do not count as nothing. */
const overhead = 500
