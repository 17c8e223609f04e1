import { html } from '../markup/html.ts'
import type { NotedUse } from '../usage/usage-counter.ts'

/** The moment at which the making of a page begins: what changes after that may not be on it. */
export interface Beginning {
  at: Temporal.Instant
  /** The number of changes in this process before. */
  changes: number
}

/** A page that everybody may see, and what is sent and noted with it. */
export interface KeptPage {
  page: string
  /** The entity tag of the page, quoted. */
  tag: string
  begun: Beginning
  /** The header Link. */
  link?: string
  /** The article that it shows, and the use that showing it is. */
  use?: NotedUse
}

/** The pages that readers were shown last. */
export interface KeptPages {
  /** Keeps the page of an address. */
  keep(address: string, kept: KeptPage): void
  /** Forgets an address, because nothing is public there any more. */
  forget(address: string): void
  /** Says that this process changed what readers see: every page is made anew before it is shown again. */
  outdate(): void
  begin(now: Temporal.Instant): Beginning
  /** Returns the page of an address if it was begun less than a second ago, and this process has changed nothing since. */
  fresh(address: string, now: Temporal.Instant): KeptPage | undefined
  /** Returns the page of an address, however old, marked as a copy; undefined if it was never shown. */
  copy(address: string): string | undefined
}

/** A page of an article has some hundred kilobytes. */
const maxCharacters = 64 * 1024 * 1024

/** For so long readers may see what another process, or the article store, has changed. */
const freshFor = { seconds: 1 }

/**
 * Keeps pages in memory; the pages shown longest ago make room. A page that many ask for is made once a second, and stands in
 * for itself while the database or the article store is unavailable.
 */
export function createKeptPages(): KeptPages {
  const pages = new Map<string, KeptPage>()
  let characters = 0
  let changes = 0
  const forget = (address: string) => {
    characters -= pages.get(address)?.page.length ?? 0
    pages.delete(address)
  }
  return {
    keep(address, kept) {
      forget(address)
      pages.set(address, kept)
      characters += kept.page.length
      for (const [oldest] of pages) {
        if (characters <= maxCharacters) break
        forget(oldest)
      }
    },
    forget,
    outdate: () => void changes++,
    begin: (at) => ({ at, changes }),
    fresh(address, now) {
      const kept = pages.get(address)
      if (kept?.begun.changes !== changes) return undefined
      return Temporal.Instant.compare(now, kept.begun.at.add(freshFor)) < 0 ? kept : undefined
    },
    copy(address) {
      const kept = pages.get(address)
      return (
        kept &&
        marked(
          kept.page,
          `This is a copy of ${kept.begun.at.toString({ smallestUnit: 'minute' })}, because the journal is being restored. It may lack corrections made since.`,
        )
      )
    },
  }
}

/** Adds a notice at the top of a page. */
export function marked(page: string, notice: string): string {
  return page.replace('<body>', `<body>${html`<p class="stale" role="status">${notice}</p>`.toString()}`)
}
