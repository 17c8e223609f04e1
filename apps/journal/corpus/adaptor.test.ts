import { existsSync, readdirSync, readFileSync } from 'node:fs'
import {
  describeArticle,
  parseArticleXml,
  rewriteHrefs,
  toArticleJson,
  versionedFileName,
  type Journal,
} from '@continuum/article'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { differencesOf, type Difference } from './adaptor-differences.ts'
import { contentsOf } from './package.ts'
import { journalOf } from './run.ts'

/**
 * Article JSON of ours beside that of the original's converter, over the same XML. Each kind of difference has a row in the
 * table of libs/article/DESIGN.md, which says why; a row without a difference is out of date.
 */

const shared = new URL('../../../../shared/', import.meta.url)
const theirs = new URL('lax-data/adaptor-json/', shared)
const absent = existsSync(theirs) ? undefined : '../shared is not beside the repository'

const xmlFolders = ['articles/xml/', 'lax-data/jats/']

/** The XML that a document of theirs was made of: loose, or in the package of its name. */
async function xmlOf(name: string): Promise<{ xml: Uint8Array; files: readonly string[] }> {
  const loose = xmlFolders.map((folder) => new URL(folder + name, shared)).find((url) => existsSync(url))
  if (loose) return { xml: readFileSync(loose), files: [] }
  const number = /\d{5}/.exec(name)?.[0] ?? ''
  const dated = name.startsWith('pkg-')
  const zips = readdirSync(new URL('articles/', shared)).filter((file) => file.startsWith(`elife-${number}-`))
  const zip = zips.find((file) => /-\d{14}\.zip$/.test(file) === dated && file.endsWith('.zip')) ?? ''
  const contents = await contentsOf(fileURLToPath(new URL(`articles/${zip}`, shared)))
  const xml = [...contents].find(([file]) => /^elife-\d+(?:-v\d+)?\.xml$/.test(file))?.[1]
  return { xml: xml ?? new Uint8Array(), files: [...contents.keys()] }
}

/** Converts as the pipeline does, with every image and PDF that the XML names. */
async function oursOf(name: string, journal: Journal): Promise<unknown> {
  const version = Number(/-v(\d+)\.xml$/.exec(name)?.[1])
  const { xml: given, files } = await xmlOf(name)
  const names = files.filter((file) => !file.endsWith('/'))
  const xml = parseArticleXml(
    rewriteHrefs(given, new Map(names.map((file) => [file, versionedFileName(file, version)]))),
  )
  const description = describeArticle(xml, journal)
  const images = description.assets.filter(({ use }) => use === 'figure' || use === 'inline')
  const stored = images.map(({ href }) => versionedFileName(/\.tiff?$/.test(href) ? href : `${href}.tif`, version))
  const sizes = Object.fromEntries(stored.map((file) => [file, { width: 800, height: 600 }]))
  const { articleId } = description
  const pdfs = [`elife-${articleId}-v${version}.pdf`]
  if (stored.some((file) => file.includes('-figsupp'))) pdfs.push(`elife-${articleId}-figures-v${version}.pdf`)
  const cdnUrl = 'https://cdn.elifesciences.org/articles'
  const { article } = toArticleJson(xml, { journal, version, cdnUrl, sizes, files: pdfs, description })
  return JSON.parse(JSON.stringify(article))
}

interface Row {
  readonly place: string
  readonly only: string
}

/** The rows of the table: `| place | who has it | decision | reason |`. */
function decidedRows(): readonly Row[] {
  const text = readFileSync(new URL('../../../libs/article/DESIGN.md', import.meta.url), 'utf8')
  const rows = [...text.matchAll(/^\| `([^`]+)` +\| (ours|theirs|both) +\| (?:equal|ours) +\| \S/gm)]
  return rows.map(([, place = '', only = '']) => ({ place, only }))
}

test.skipIf(absent)(
  'each difference from the original’s converter is decided, and each decision is about one',
  async () => {
    const journal = journalOf('elife')
    const found = new Map<string, { count: number; example: Difference; file: string }>()
    let all = 0
    for (const file of readdirSync(theirs)) {
      const document: { article: unknown } = JSON.parse(readFileSync(new URL(file, theirs), 'utf8'))
      const name = file.replace(/\.json$/, '')
      const inPackage = /^pkg-\d{5}-(.*)$/.exec(name)?.[1]
      const ours = await oursOf(inPackage ? `pkg-${inPackage}` : name, journal)
      const { differences, values } = differencesOf(ours, document.article)
      all += values
      for (const example of differences) {
        const key = `${example.place} | ${example.only}`
        found.set(key, { count: (found.get(key)?.count ?? 0) + 1, example, file })
      }
    }
    const decided = decidedRows().map(({ place, only }) => `${place} | ${only}`)
    const undecided = [...found].filter(([key]) => !decided.includes(key))
    const shown = undecided.map(
      ([key, { count, example, file }]) =>
        `${key}: ${count}, in ${file}\n  ours   ${JSON.stringify(example.ours)?.slice(0, 160)}\n  theirs ${JSON.stringify(example.theirs)?.slice(0, 160)}`,
    )
    expect(shown.join('\n')).toBe('')
    expect(decided.filter((key) => !found.has(key))).toEqual([])
    const different = [...found.values()].reduce((sum, { count }) => sum + count, 0)
    expect(1 - different / all, `${different} of ${all} values differ`).toBeGreaterThan(0.97)
  },
)
