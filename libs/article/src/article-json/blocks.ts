import type { Size } from '../derivatives.ts'

/** Text with inline HTML. */
export interface Paragraph {
  readonly type: 'paragraph'
  readonly text: string
}

export interface MathBlock {
  readonly type: 'mathml'
  readonly id?: string | undefined
  readonly label?: string | undefined
  /** `<math>...</math>`. */
  readonly mathml: string
}

/** What a figure, table, video or file has in common. */
export interface Titled {
  readonly id?: string | undefined
  readonly doi?: string | undefined
  readonly label?: string | undefined
  readonly title?: string | undefined
  readonly caption?: readonly (Paragraph | MathBlock)[] | undefined
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
  readonly size: Size
  readonly attribution?: readonly string[] | undefined
}

interface WithSourceData extends Titled {
  readonly sourceData?: readonly AdditionalFile[] | undefined
}

export interface ImageBlock extends WithSourceData {
  readonly type: 'image'
  readonly image: Picture
}

export interface TableBlock extends WithSourceData {
  readonly type: 'table'
  /** Each `<table>...</table>`. */
  readonly tables: readonly string[]
  readonly footnotes?: readonly {
    readonly id?: string | undefined
    readonly label?: string | undefined
    readonly text: readonly (Paragraph | MathBlock)[]
  }[]
}

export interface VideoBlock extends WithSourceData {
  readonly type: 'video'
  readonly sources: readonly { readonly mediaType: string; readonly uri: string }[]
  /** Pixels of the player. */
  readonly width: number
  readonly height: number
}

/** Something to look at, first, and its supplements. */
export interface FigureBlock {
  readonly type: 'figure'
  readonly assets: readonly (ImageBlock | TableBlock | VideoBlock)[]
}

export interface ListBlock {
  readonly type: 'list'
  readonly prefix: 'alpha-lower' | 'alpha-upper' | 'bullet' | 'none' | 'number' | 'roman-lower' | 'roman-upper'
  readonly items: readonly (string | readonly Block[])[]
}

interface QuoteBlock {
  readonly type: 'quote'
  readonly text: readonly Paragraph[]
  readonly cite?: string | undefined
}

interface CodeBlock {
  readonly type: 'code'
  readonly language?: string | undefined
  readonly code: string
}

interface BoxBlock {
  readonly type: 'box'
  readonly id?: string | undefined
  readonly doi?: string | undefined
  readonly label?: string | undefined
  readonly title: string
  readonly content: readonly Block[]
}

export interface Section {
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
  | FigureBlock
  | ListBlock
  | QuoteBlock
  | CodeBlock
  | BoxBlock
  | Section

/** The inside of boxes and list items knows neither sections nor boxes: their titles become paragraphs. */
export function withoutSections(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) =>
    block.type === 'section' || block.type === 'box'
      ? [{ type: 'paragraph' as const, text: `<b>${block.title}</b>` }, ...withoutSections(block.content)]
      : [block],
  )
}
