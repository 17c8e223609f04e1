import type { Licence } from '../jats/licence.ts'

/** The licence's code, the holder of the rights, and the licence's words. */
export interface Copyright {
  readonly license: string
  readonly holder?: string | undefined
  /** `2019`, of the rights, which may be older than the publication. Not of the public API. */
  readonly year?: string | undefined
  readonly statement?: string | undefined
}

/**
 * The rights in an article, as far as the XML gives them. A licence that is none of Creative Commons' is named by its address,
 * or `none` where the XML has none.
 */
export function copyrightOf({ code, holder, year, statement, url }: Licence): Copyright {
  const license = code ?? url ?? 'none'
  const words = license === 'none' ? undefined : `Distributed under the licence ${url ?? license}.`
  return { license, holder, year, statement: statement || words }
}
