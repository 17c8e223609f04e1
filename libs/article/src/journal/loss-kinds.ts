/** Every kind of thing that can be lost between the XML and the article JSON, in the order in which a summary names them. */
export const lossKinds = [
  'body-text',
  'title',
  'abstract',
  'figure',
  'table',
  'formula',
  'video',
  'supplement',
  'author',
  'editor',
  'affiliation',
  'author-note',
  'footnote',
  'reference',
  'appendix',
  'back-matter',
  'sub-article',
  'keyword',
  'funding',
  'permission',
  'metadata',
  'dead-link',
  'invented',
] as const

/** A kind of thing that can be lost between the XML and the article JSON. */
export type LossKind = (typeof lossKinds)[number]
