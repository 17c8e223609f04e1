import { parseArticleXml } from '@continuum/article'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { convertPackage } from './package.ts'
import { journalOf } from './run.ts'

/** Packages after public reports lie beside the repository, not in it; the tests skip where they are absent. */
const folder = new URL('../../../../shared/jats-cases/', import.meta.url)
const names = existsSync(folder)
  ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  : []
const journal = journalOf('elife')

/** Packages that are refused, and what is said. */
const refused: Readonly<Record<string, RegExp>> = {
  '21-href-info-doi': /elife\.71021\.g001/i,
  '49-prefix-upper': /is not the name of an article package.*elife-/i,
  '51-xml-versioned-name': /is of article 00253 .*the package of 100253/,
}

/** Packages with a fault in the zip or in a picture: these are tested where those are read, in the bot. */
const elsewhere = new Set([
  '1-tiff-variants',
  '3-pdf-named-tif',
  '11-truncated-tif',
  '31-zipcrypto',
  '33-bzip2',
  '35-folder',
  '37-dot-backslash',
  '41-prefixed',
  '43-desktop-litter',
  '45-zero-byte-data',
  '47-many-files',
])

/** Cases that do not end yet as they should; a case that does must leave this list. */
const failing: ReadonlySet<string> = new Set(JSON.parse(readFileSync(new URL('failing.json', import.meta.url), 'utf8')))

const cases = names.filter((name) => !elsewhere.has(name))

for (const name of cases) {
  const run = failing.has(name) ? test.fails : test
  run(name, async () => {
    const { pkg } = JSON.parse(readFileSync(new URL(`${name}/case.json`, folder), 'utf8'))
    const outcome = await convertPackage(new URL(`${name}/${pkg}`, folder).pathname, journal)
    const reason = refused[name]
    if (reason !== undefined) {
      expect(outcome.refusals.join('\n')).toMatch(reason)
      return
    }
    expect(outcome.refusals).toEqual([])
    expect(outcome.invalid).toEqual([])
    expect(outcome.deadLinks).toBe(0)
    expect(outcome.words.silent).toBe(0)
    const text = textOf(outcome.page ?? '')
    expect(loudWords(textOfXml(outcome.xml)).filter((word) => !text.includes(word))).toEqual([])
  })
}

test.skipIf(names.length === 0)('every case is in the folder', () => {
  expect([...failing, ...elsewhere, ...Object.keys(refused)].filter((name) => !names.includes(name))).toEqual([])
})

/** Words of five and more capital letters: those that must all be on the page. */
function loudWords(text: string): readonly string[] {
  return [...new Set(text.match(/(?<![\p{L}])\p{Lu}{5,}(?![\p{L}])/gu))]
}

/** Tags may divide words or stand in them, as those of formulas do. */
function textOf(page: string): string {
  return page.replaceAll(/<[^>]*>/g, ' ') + page.replaceAll(/<[^>]*>/g, '')
}

function textOfXml(xml: Uint8Array | undefined): string {
  const texts = (node: ReturnType<typeof parseArticleXml>['root'] | string): string =>
    typeof node === 'string' ? node : ` ${node.children.map(texts).join('')} `
  return xml ? texts(parseArticleXml(xml).root) : ''
}
