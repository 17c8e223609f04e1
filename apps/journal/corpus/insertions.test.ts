import { accountFor, accountForPage, parseArticleXml } from '@continuum/article'
import * as fc from 'fast-check'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { convert, type Outcome } from './convert.ts'
import { articleWith } from './elements/article.ts'
import { journalOf } from './run.ts'
import { sourceOf } from './table.ts'

/** More runs by hand: `INSERTIONS=500 npx vitest run --project corpus insertions`. */
const numRuns = Number(process.env['INSERTIONS'] ?? 8)

const corpus = new URL('../../../../shared/jats-corpus/', import.meta.url)
const names = existsSync(corpus) ? readdirSync(corpus).filter((name) => name.endsWith('.xml')) : []
const texts = new Map([['elements__joe-7.xml', articleWith('body', '<p>One more sentence.</p>')]])

function textOf(name: string): string {
  const text = texts.get(name) ?? readFileSync(new URL(name, corpus), 'utf8')
  texts.set(name, text)
  return text
}

/** Ends of the start tags of an article, behind which something can be put. */
function placesOf(xml: string): readonly number[] {
  const start = xml.search(/<article[\s>]/)
  const tags = xml.slice(start).matchAll(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<[A-Za-z][^<>]*[^/<>]>/g)
  return [...tags].flatMap(({ 0: tag, index }) => (tag.startsWith('<!') ? [] : [start + index + tag.length]))
}

const place = fc.record({ article: fc.nat({ max: 10_000 }), at: fc.nat({ max: 1_000_000 }) })

/** An article of the corpus with a piece put into it somewhere; the article alone as well. */
function withPiece(chosen: { article: number; at: number }, piece: string) {
  const all = ['elements__joe-7.xml', ...names]
  const name = all[chosen.article % all.length] ?? ''
  const xml = textOf(name)
  const places = placesOf(xml)
  const at = places[chosen.at % places.length] ?? 0
  const run = (text: string) => convert(name, Buffer.from(text), journalOf(sourceOf(name)))
  return { before: run(xml), after: run(xml.slice(0, at) + piece + xml.slice(at)) }
}

function page({ page: html = '' }: Outcome): string {
  return html.replaceAll(/<[^>]*>/g, ' ')
}

test('an instruction or a comment anywhere changes no page', () => {
  const piece = fc.constantFrom('<?A3B2 twb=.2w?>', '<!-- a comment -->', '<?a?><!-- b --><?c?>')
  fc.assert(
    fc.property(place, piece, (chosen, text) => {
      const { before, after } = withPiece(chosen, text)
      expect({ ...after, xml: undefined, losses: [] }).toEqual({ ...before, xml: undefined, losses: [] })
    }),
    { numRuns },
  )
})

test('an element that nobody knows anywhere is on the page, in a finding, or in what is used otherwise', () => {
  const words = ['ZYXWVUT', 'QPONMLK', 'JIHGFED']
  // Between spaces: beside "2014" they would make one word of two.
  const inner = words.join(' ')
  const piece = fc.constantFrom(`<unheard-of> ${inner} </unheard-of>`, `<unheard-of><p> ${inner} </p></unheard-of>`)
  fc.assert(
    fc.property(place, piece, (chosen, text) => {
      const { before, after } = withPiece(chosen, text)
      if (after.json === undefined || before.json === undefined) {
        expect(after.refusals).not.toEqual([])
        return
      }
      expect(after.words.silent).toBeLessThanOrEqual(before.words.silent)
      const onPage = words.every((word) => page(after).includes(word))
      expect(onPage || isAccounted(after, before, words.length)).toBe(true)
    }),
    { numRuns },
  )
})

/** Words are told, or used otherwise for a reason of the reviewed list, with the element that they stand in. */
function isAccounted(after: Outcome, before: Outcome, more: number): boolean {
  const counted = ({ xml = new Uint8Array(), json, page: html }: Outcome) => {
    const parsed = parseArticleXml(xml)
    const { lost, explained } = (html === undefined ? accountFor(parsed, json) : accountForPage(parsed, html)).words
    return lost + explained
  }
  return counted(after) >= counted(before) + more
}
