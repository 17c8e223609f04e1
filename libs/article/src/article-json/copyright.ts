import type { Licence } from '../jats/licence.ts'

/** The licence's code, the holder of the rights, and the licence's words. */
export interface Copyright {
  readonly license: string
  readonly holder?: string | undefined
  readonly statement: string
}

/**
 * The rights in an article. A licence that is none of Creative Commons' is named by its address, or `none` where the XML has
 * none. CC BY needs a holder: `authors` where none is named.
 */
export function copyrightOf({ code, holder, statement, url }: Licence, authors: string): Copyright {
  const license = code ?? url ?? 'none'
  return {
    license,
    holder: code?.startsWith('CC-BY') ? (holder ?? (authors || 'The authors')) : holder,
    statement:
      statement || (license === 'none' ? 'All rights reserved.' : `Distributed under the licence ${url ?? license}.`),
  }
}
