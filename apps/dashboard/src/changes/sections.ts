import { isObject, linesOf, plainText } from './plain-text.ts'

/** A section of an article's text with its own paragraphs, without those of the sections in it. */
export interface TextSection {
  readonly key: string
  readonly heading: string
  /** Plain text. */
  readonly paragraphs: readonly string[]
  /** With inline HTML, to tell a change of markup alone. */
  readonly marked: string
}

type Content = Readonly<Record<string, unknown>>

/** Parts of article JSON that are metadata, files, or the article store's own: no text. */
const noText = new Set(
  `id version stage status type kind doi doiVersion published publicationDate versionDate statusDate titlePrefix authorLine
  authors reviewers volume issue pages elocationId pdf xml figuresPdf subjects researchOrganisms keywords keywordsTitle copyright
  funding language body image`.split(/\s+/),
)

/** Lists the sections of an article's text in the order of its page: title, abstract, the body by its headings, and what follows. */
export function sectionsOf(article: Content): TextSection[] {
  const part = (key: string) => sectionOf(key, headingOf(key), article[key])
  const front = ['title', 'impactStatement', 'abstract', 'digest']
  const back = Object.keys(article).filter((key) => !noText.has(key) && !front.includes(key) && !key.startsWith('-'))
  return [...front.map(part), ...bodySections(article['body'], []), ...back.map(part)].filter(
    ({ paragraphs }) => paragraphs.length > 0,
  )
}

function bodySections(blocks: unknown, above: readonly string[]): TextSection[] {
  return (Array.isArray(blocks) ? blocks : []).flatMap((block: unknown): TextSection[] => {
    if (!isObject(block) || block['type'] !== 'section') return []
    const { id, title, content } = block
    const path = [...above, plainText(typeof title === 'string' ? title : '')]
    const own = (Array.isArray(content) ? content : []).filter(
      (one: unknown) => !isObject(one) || one['type'] !== 'section',
    )
    const heading = path.filter(Boolean).join(' › ')
    const key = typeof id === 'string' ? `body ${id}` : `body ${heading}`
    // The heading is a paragraph of its own: a change of it is a change of the text.
    return [sectionOf(key, heading, [title, own]), ...bodySections(content, path)]
  })
}

function sectionOf(key: string, heading: string, value: unknown): TextSection {
  const lines = linesOf(value)
  return { key, heading, paragraphs: lines.map(plainText).filter((line) => line !== ''), marked: lines.join('\n') }
}

/** Turns a key of article JSON into a heading: `authorResponse` is `Author response`. */
export function headingOf(key: string): string {
  const words = key.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
