import { journalWithDefaults, parseArticleXml, type Journal } from '@continuum/article'
import { expect, test } from 'vitest'
import { assessPackage, problemMessage } from './assess.ts'
import { jats, journal, journalSettings } from './testing/sample.ts'

/** Assesses the sample article with something done to its XML. */
function assess(change: (xml: string) => string = (xml) => xml, settings: Journal = journal) {
  const files = [
    { name: 'journal-00007-v1.xml', bytes: 1 },
    { name: 'journal-00007-v1.pdf', bytes: 1 },
    { name: 'journal-00007-fig1-v1.tif', bytes: 1, image: { width: 1_800, height: 900 } },
  ]
  const about = { journal: settings, journals: [settings], articleId: '00007', version: 1, cdnUrl: 'https://cdn.test' }
  return assessPackage({ ...about, files, inFolders: [] }, parseArticleXml(Buffer.from(change(jats()))))
}

const deadLink = (xml: string) =>
  xml.replace('<p>They do.</p>', '<p>They do, <xref rid="nowhere">see there</xref>.</p>')
const lostText = (xml: string) =>
  xml.replace('<p>They do.</p>', '<p>They do <private-char><glyph-data>meander</glyph-data></private-char>.</p>')

test('a package whose every word arrives has no problem, and its article JSON comes along', () => {
  const { remarks, json, losses } = assess()
  expect(remarks).toEqual([])
  expect(json?.article.id).toBe('00007')
  expect(losses?.words.lost).toBe(0)
})

test('body text that is not shown is a problem that says where, how much and what to do', () => {
  const [problem] = assess(lostText).remarks
  expect(problem).toMatchObject({
    severity: 'problem',
    what: expect.stringMatching(/^1 passage of text is not shown, or not whole \(line \d+\)\.$/),
    advice: expect.stringContaining('"body-text" in toleratedLosses'),
    places: [
      { line: expect.any(Number), excerpt: 'meander', xpath: expect.stringContaining('/article/body[1]/sec[1]/p[1]') },
    ],
  })
})

test('a link that leads nowhere is a problem', () => {
  expect(problemMessage(assess(deadLink).remarks)).toMatch(/^1 link that leads nowhere \(line \d+\)\. Correct the rid/)
})

test('what the journal tolerates is a warning and stops nothing', () => {
  const tolerant = journalWithDefaults({ ...journalSettings, toleratedLosses: ['dead-link'] })
  const { remarks } = assess(deadLink, tolerant)
  expect(remarks.map(({ severity }) => severity)).toEqual(['warning'])
  expect(remarks[0]?.what).toContain('The journal accepts that.')
  expect(problemMessage(remarks)).toBe('')
})

test('the journal that tolerates one kind does not tolerate another', () => {
  const tolerant = journalWithDefaults({ ...journalSettings, toleratedLosses: ['dead-link'] })
  const both = (xml: string) => lostText(xml).replace('</sec>', '<p><xref rid="nowhere">There</xref></p></sec>')
  expect(assess(both, tolerant).remarks.map(({ severity }) => severity)).toEqual(['problem', 'warning'])
})

test('an article that cannot be converted is not called fit', () => {
  const { remarks, json } = assess((xml) => xml.replace(/<sec .*<\/sec>/s, ''))
  expect(json).toBeUndefined()
  expect(problemMessage(remarks)).toContain('any text (body)')
})

test('a message stays within what SWF takes, however much is wrong, and says how much is left out', () => {
  const remarks = Array.from({ length: 500 }, (_, at) => ({
    severity: 'problem' as const,
    what: `Problem ${at} is ${'long '.repeat(100)}.`,
  }))
  const message = problemMessage(remarks)
  expect(message.length).toBeLessThanOrEqual(8_000)
  expect(message).toMatch(/And \d+ more\. Ask the typesetter/)
  expect(problemMessage([{ severity: 'problem', what: 'x'.repeat(100_000) }]).length).toBeLessThanOrEqual(8_000)
})

test('a journal of the public API is held to its schema, with the place', () => {
  const nonCommercial = (xml: string) => xml.replaceAll('licenses/by/', 'licenses/by-nc/')
  expect(problemMessage(assess(nonCommercial).remarks)).toBe('')
  const strict = journalWithDefaults({ ...journalSettings, publicApi: true })
  expect(problemMessage(assess(nonCommercial, strict).remarks)).toMatch(
    /The article store would refuse the article: \/copyright\/license is "CC-BY-NC-/,
  )
})
