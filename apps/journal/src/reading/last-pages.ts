import { html } from '../markup/html.ts'

/** The pages that readers were shown last, for while the database or the article store is unavailable. */
export interface LastPages {
  /** Keeps the page of an address as of an instant. */
  keep(address: string, page: string, now: Temporal.Instant): void
  /** Forgets an address, because nothing is public there any more. */
  forget(address: string): void
  /** Returns the page of an address, marked as a copy; undefined if it was never shown. */
  find(address: string): string | undefined
}

/** A page of an article has some hundred kilobytes. */
const maxCharacters = 64 * 1024 * 1024

/** Creates the store of pages, in memory; the pages shown longest ago make room. */
export function createLastPages(): LastPages {
  const pages = new Map<string, { readonly page: string; readonly since: Temporal.Instant }>()
  let characters = 0
  const forget = (address: string) => {
    characters -= pages.get(address)?.page.length ?? 0
    pages.delete(address)
  }
  return {
    keep(address, page, since) {
      forget(address)
      pages.set(address, { page, since })
      characters += page.length
      for (const [oldest] of pages) {
        if (characters <= maxCharacters) break
        forget(oldest)
      }
    },
    forget,
    find(address) {
      const kept = pages.get(address)
      return (
        kept &&
        marked(
          kept.page,
          `This is a copy of ${kept.since.toString({ smallestUnit: 'minute' })}, because the journal is being restored. It may lack corrections made since.`,
        )
      )
    },
  }
}

/** Adds a notice at the top of a page. */
export function marked(page: string, notice: string): string {
  return page.replace('<body>', `<body>${html`<p class="stale" role="status">${notice}</p>`.toString()}`)
}
