import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toArticleJson } from '../article-json/to-article-json.ts'
import { IncompleteArticle } from '../jats/errors.ts'
import { parseArticleXml } from '../jats/reading/parse.ts'
import { startTags } from '../jats/reading/start-tags.ts'
import type { Journal } from '../journal/journal.ts'
import { sizesFor } from '../testing/sizes.ts'
import { accountFor } from './report.ts'

/** An article into which something is inserted. */
export interface Source {
  readonly name: string
  readonly xml: string
  readonly journal: Journal
  /** Places after a start tag of the article. */
  readonly places: readonly number[]
}

/** Returns an article with the places at which something can be inserted. */
export function sourceOf(name: string, xml: string, journal: Journal): Source {
  const places = [...startTags(xml)].map(({ end }) => end)
  return { name, xml, journal, places: places.filter((end) => xml[end - 2] !== '/' && end > xml.indexOf('<article')) }
}

/** The article JSON, or undefined for an article that is refused: then nothing is lost without a word. */
function accepted(source: Source, xml: string): ReturnType<typeof converted> | undefined {
  try {
    return converted(source, xml)
  } catch (error) {
    if (error instanceof IncompleteArticle) return undefined
    throw error
  }
}

function converted({ journal }: Source, xml: string) {
  const parsed = parseArticleXml(xml)
  const about = { journal, version: 1, cdnUrl: 'https://cdn.example/', sizes: sizesFor(xml, journal, 1), files: [] }
  return { parsed, article: toArticleJson(parsed, about).article }
}

const inserted = ({ xml, places }: Source, chosen: number, piece: string): string => {
  const place = places[chosen % places.length] ?? 0
  return xml.slice(0, place) + piece + xml.slice(place)
}

const place = fc.nat({ max: 1_000_000 })

/** Tests that nothing that is inserted into these articles loses a word without an entry in the loss report. */
export function testInsertions(sources: readonly Source[]): void {
  test.each(sources)('an instruction or a comment anywhere in $name changes nothing', (source) => {
    const before = converted(source, source.xml).article
    const piece = fc.constantFrom('<?A3B2 twb=.2w?>', '<!-- a comment -->', '<?a?><!-- b --><?c?>')
    fc.assert(
      fc.property(place, piece, (chosen, text) => {
        expect(converted(source, inserted(source, chosen, text)).article).toEqual(before)
      }),
      { numRuns: 15 },
    )
  })

  test.each(sources)('no word of an unknown element in $name is lost without an entry', (source) => {
    const whole = converted(source, source.xml)
    const before = accountFor(whole.parsed, whole.article).words
    fc.assert(
      fc.property(place, (chosen) => {
        const words = ['ZYXWVUT', 'QPONMLK', 'JIHGFED']
        const xml = inserted(source, chosen, `<unheard-of> ${words.join(' ')} </unheard-of>`)
        const made = accepted(source, xml)
        if (!made) return
        const text = JSON.stringify(made.article)
        const { losses, words: counts } = accountFor(made.parsed, made.article)
        // In metadata that is used otherwise it is explained with what is around it.
        const isTold = counts.lost + counts.explained >= before.lost + before.explained + words.length
        expect(words.every((word) => text.includes(word)) || isTold).toBe(true)
        expect(losses.reduce((sum, loss) => sum + loss.words, 0)).toBe(counts.lost)
      }),
      { numRuns: 15 },
    )
  })
}
