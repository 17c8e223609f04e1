import type { Size } from '../naming/derivatives.ts'

/** A place that links of the article lead to. */
interface Anchored {
  /** Ids of elements of the XML that have no block of their own, and begin here. Not of the public API. */
  readonly anchors?: readonly string[] | undefined
}

/** Text with inline HTML. */
export interface Paragraph extends Anchored {
  readonly type: 'paragraph'
  readonly text: string
  /** The text is a heading, in bold, where the public API knows none: in boxes, lists, quotes. Not of the public API. */
  readonly isHeading?: true | undefined
}

export interface MathBlock extends Anchored {
  readonly type: 'mathml'
  readonly id?: string | undefined
  readonly label?: string | undefined
  /** `<math>...</math>`. */
  readonly mathml: string
  /** The formula in TeX, where the article gives it. Not of the public API. */
  readonly tex?: string | undefined
}

/** The common parts of figures, tables, videos and files. */
export interface Titled extends Anchored {
  readonly id?: string | undefined
  readonly doi?: string | undefined
  readonly label?: string | undefined
  readonly title?: string | undefined
  /** Paragraphs, formulas and tables; of other kinds only where the article has them. */
  readonly caption?: readonly Block[] | undefined
  /** The owner of what is shown and the terms of its use. */
  readonly attribution?: readonly string[] | undefined
  /** A description for those who do not see it. Not of the public API. */
  readonly longDescription?: string | undefined
}

/** A file that goes with the article or with one of its figures. */
export interface AdditionalFile extends Titled {
  readonly id: string
  readonly label: string
  readonly mediaType: string
  readonly uri: string
  readonly filename: string
}

/** An image as it is served, with what a reader can save. */
export interface Picture {
  readonly uri: string
  readonly alt: string
  readonly source: { readonly mediaType: string; readonly uri: string; readonly filename: string }
  /** Absent for an image that is elsewhere, and for an animation that nobody measured. */
  readonly size?: Size | undefined
  readonly attribution?: readonly string[] | undefined
}

interface WithSourceData extends Titled {
  readonly sourceData?: readonly AdditionalFile[] | undefined
}

export interface ImageBlock extends WithSourceData {
  readonly type: 'image'
  readonly image: Picture
  /** Further images of the same figure. Not of the public API. */
  readonly furtherImages?: readonly Picture[] | undefined
  /** The image is a formula, and its label the formula's number. Not of the public API. */
  readonly isFormula?: true | undefined
  /** Of a table that is an image. Not of the public API. */
  readonly footnotes?: readonly Note[] | undefined
}

export interface TableBlock extends WithSourceData {
  readonly type: 'table'
  /** Each `<table>...</table>`. */
  readonly tables: readonly string[]
  readonly footnotes?: readonly Note[] | undefined
}

interface MediaSource {
  readonly mediaType: string
  readonly uri: string
}

export interface VideoBlock extends WithSourceData {
  readonly type: 'video'
  /** The same in several formats. */
  readonly sources: readonly MediaSource[]
  /** Pixels of the player. */
  readonly width: number
  readonly height: number
}

/** Something to hear. Not of the public API. */
export interface AudioBlock extends WithSourceData {
  readonly type: 'audio'
  readonly sources: readonly MediaSource[]
}

/** Something to look at, first, and its supplements; or a group of figures under one number and caption. */
export interface FigureBlock extends Titled {
  readonly type: 'figure'
  readonly assets: readonly (ImageBlock | TableBlock | VideoBlock)[]
}

export interface ListBlock extends Anchored {
  readonly type: 'list'
  readonly prefix: 'alpha-lower' | 'alpha-upper' | 'bullet' | 'none' | 'number' | 'roman-lower' | 'roman-upper'
  readonly items: readonly (string | readonly Block[])[]
  /** Number of the first item, of a list that continues another. Not of the public API. */
  readonly start?: number | undefined
}

interface QuoteBlock extends Anchored {
  readonly type: 'quote'
  readonly text: readonly Paragraph[]
  readonly cite?: string | undefined
}

/** A quotation of more than paragraphs. */
interface ExcerptBlock extends Anchored {
  readonly type: 'excerpt'
  readonly content: readonly Block[]
  readonly cite?: string | undefined
}

interface CodeBlock extends Anchored {
  readonly type: 'code'
  readonly language?: string | undefined
  readonly code: string
}

export interface BoxBlock extends Anchored {
  readonly type: 'box'
  readonly id?: string | undefined
  readonly doi?: string | undefined
  readonly label?: string | undefined
  readonly title: string
  readonly content: readonly Block[]
}

export interface Section extends Anchored {
  readonly type: 'section'
  readonly id?: string | undefined
  readonly title: string
  readonly content: readonly Block[]
}

export interface Appendix {
  readonly id: string
  readonly doi?: string | undefined
  readonly title: string
  readonly content: readonly Block[]
}

/** A note that the text, a table or an author refers to. */
export interface Note {
  /** Links lead to it; the page leads back from it to the first of them. */
  readonly id?: string | undefined
  /** Its mark, as the text has it: `1`, `*`, with inline HTML. */
  readonly label?: string | undefined
  readonly text: readonly Block[]
}

/** Notes that are shown together, after the text. */
export interface NoteGroup {
  /** `footnotes` stand in the text where they are referred to, all others in the front or back matter. */
  readonly kind: 'footnotes' | 'author-notes' | 'notes'
  /** As the article has it, with inline HTML. */
  readonly title?: string | undefined
  readonly notes: readonly Note[]
}

/** A piece of an article's text. */
export type Block =
  | Paragraph
  | MathBlock
  | ImageBlock
  | TableBlock
  | VideoBlock
  | AudioBlock
  | FigureBlock
  | ListBlock
  | QuoteBlock
  | ExcerptBlock
  | CodeBlock
  | BoxBlock
  | Section

/** Text with inline HTML, as a paragraph; nothing where there is none. */
export function paragraph(text: string): readonly Paragraph[] {
  return text ? [{ type: 'paragraph', text }] : []
}

/** A heading where the public API knows no sections. */
export function headingParagraph(title: string, id?: string): Paragraph {
  return { type: 'paragraph', text: `<b>${title}</b>`, isHeading: true, ...(id && { anchors: [id] }) }
}

/** The inside of boxes, list items and quotes knows no sections: their titles become headings. */
export function withoutSections(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) => {
    if (block.type !== 'section') return [block]
    const { title, id, anchors = [] } = block
    const heading = headingParagraph(title, id)
    const named = anchors.length > 0 ? { ...heading, anchors: [...(heading.anchors ?? []), ...anchors] } : heading
    return [named, ...withoutSections(block.content)]
  })
}

/** The blocks, the first of which begins at a place of that id, unless one of them has it. */
export function anchored(blocks: readonly Block[], id: string | undefined): readonly Block[] {
  const [first, ...others] = blocks
  if (id === undefined || first === undefined || hasId(blocks, id)) return blocks
  return [{ ...first, anchors: [...(first.anchors ?? []), id] }, ...others]
}

function hasId(value: unknown, id: string): boolean {
  if (typeof value === 'string') return value.includes(` id="${id}"`)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, item]) =>
      (item === id && key === 'id') || (key === 'anchors' && [item].flat().includes(id)) || hasId(item, id),
  )
}
