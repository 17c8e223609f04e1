import type { Licence } from '../jats/licence.ts'

/** Who may do what: the licence's code, who holds the rights, and the licence's words. */
export interface Copyright {
  readonly license: string
  readonly holder?: string | undefined
  readonly statement: string
}

/** Undefined when the licence is none of Creative Commons' open ones; CC BY needs a holder, `authors` where none is named. */
export function copyrightOf({ code, holder, statement, url }: Licence, authors: string): Copyright | undefined {
  if (!code) return undefined
  return {
    license: code,
    holder: code.startsWith('CC-BY') ? (holder ?? (authors || 'The authors')) : undefined,
    statement: statement || `Distributed under the licence ${url ?? code}.`,
  }
}
