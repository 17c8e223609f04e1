import type { LossKind } from '../journal/loss-kinds.ts'

/** Something of the XML that is not shown. */
export interface Loss {
  readonly kind: LossKind
  /** `/article/body[1]/sec[2]/p[1]` */
  readonly xpath: string
  readonly line: number
  /** As the article calls it: `Figure 2`. */
  readonly label?: string
  /** Of its words, how many are lost; 0 for a file or a link. */
  readonly words: number
  /** True where all of it is lost. */
  readonly whole: boolean
  /** The beginning of what is lost. */
  readonly excerpt: string
  readonly why: string
  /** A problem fails the check of the package; it is a warning where the journal's settings tolerate the kind. */
  readonly severity: 'problem' | 'warning' | 'finding'
}
