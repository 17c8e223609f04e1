/** Thrown when a document is not well-formed XML, or not in an encoding that is read. Delivering it again cannot help. */
export class MalformedXml extends Error {
  readonly retry = false
  /** From 1; 0 when the place is not known. */
  readonly line: number
  readonly column: number
  /** The parser's words, and where. */
  readonly reason: string
  constructor(reason: string, line = 0, column = 0) {
    const place = line ? ` at line ${line}, column ${column}` : ''
    super(`The article XML is not well-formed${place}: ${reason}. Correct the XML and deliver the package again.`)
    this.reason = `${reason}${place}`
    this.name = 'MalformedXml'
    this.line = line
    this.column = column
  }
}

/** Thrown when the document's own DOCTYPE declares an entity: that is never needed in JATS and can be an attack. */
export class ForbiddenEntity extends Error {
  readonly retry = false
  constructor() {
    super('The article XML declares an entity in its DOCTYPE. Write the characters themselves and deliver it again.')
    this.name = 'ForbiddenEntity'
  }
}

/** Thrown when the file of the article's XML has no bytes. */
export class EmptyXml extends Error {
  readonly retry = false
  constructor() {
    super('The article XML is empty (0 bytes). Deliver the package again with the whole file.')
    this.name = 'EmptyXml'
  }
}

/** Thrown when a document has more bytes or elements than any article has, before it is read. */
export class XmlTooLarge extends Error {
  readonly retry = false
  constructor(found: string, limit: string) {
    super(`The article XML has ${found}; at most ${limit} are read.`)
    this.name = 'XmlTooLarge'
  }
}

/** Thrown when an article lacks what its record cannot do without. */
export class IncompleteArticle extends Error {
  readonly retry = false
  readonly missing: readonly string[]
  constructor(missing: readonly string[]) {
    super(`The article XML does not say: ${missing.join('; ')}. Complete the XML and deliver the package again.`)
    this.name = 'IncompleteArticle'
    this.missing = missing
  }
}
