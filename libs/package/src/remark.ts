/** A place of an article's XML at which something is lost. */
export interface RemarkedPlace {
  readonly line: number
  /** `/article/body[1]/sec[2]/p[1]` */
  readonly xpath: string
  /** As the article calls it: `Figure 2`. */
  readonly label?: string
  /** The beginning of what is lost. */
  readonly excerpt: string
  readonly why: string
}

/** Something to say about a package: what, where, and what to do about it. */
export interface Remark {
  /** A problem stops the package; a warning would, but the journal's settings accept it; a finding is to be reviewed. */
  readonly severity: 'problem' | 'warning' | 'finding'
  /** A sentence for a production editor. */
  readonly what: string
  /** The file that it is about, as it is named in the package or in the XML. */
  readonly file?: string
  /** Absent where the sentence says it. */
  readonly advice?: string
  readonly places?: readonly RemarkedPlace[]
}

/** Tells whether a remark stops its package. */
export function isProblem({ severity }: Remark): boolean {
  return severity === 'problem'
}
