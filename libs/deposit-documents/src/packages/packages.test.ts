import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { jatsWith } from '../testing/article-with.ts'
import { sharedArticles } from '../testing/shared-articles.ts'
import { filesOfZip } from '../testing/zip-files.ts'
import { nextRevision, packageName, PackageNameFailure } from './names.ts'
import { EmptyPackageFailure, planDelivery, writePackage, type VersionFiles } from './plan.ts'
import { packageRules, type PackageRule } from './rule.ts'

const folder = mkdtempSync(join(tmpdir(), 'packages-'))
afterAll(() => rmSync(folder, { recursive: true }))

const values = { prefix: 'elife', id: '19405', volume: '5', version: 1, revision: 0 }

/** Writes a package of files and reads it again. */
async function deliver(rule: PackageRule, files: ReadonlyMap<string, Buffer>, revision = 0) {
  const xmlName = [...files.keys()].find((name) => name.endsWith('.xml')) ?? ''
  const version: VersionFiles = { names: [...files.keys()], xmlName, xml: files.get(xmlName) ?? Buffer.alloc(0) }
  const plan = planDelivery(rule, version, { ...values, revision })
  const write = async () =>
    buffer(
      writePackage(plan, {
        open: async (name) => Readable.from([files.get(name) ?? Buffer.alloc(0)]),
        date: '2016-08-02T11:38:16Z',
      }),
    )
  const bytes = await write()
  // Byte for byte the same, so that what is kept is what is sent again.
  expect(await write()).toEqual(bytes)
  if (plan.form === 'file') return { name: plan.name, entries: new Map([[plan.name, bytes]]) }
  const path = join(folder, plan.name)
  await writeFile(path, bytes)
  return { name: plan.name, entries: await filesOfZip(path) }
}

const hrefs = (xml: string, ...files: readonly string[]) =>
  xml.replace('<p>Text</p>', files.map((file) => `<graphic xlink:href="${file}"/>`).join(''))

/** A version with figures, a PDF, figures' PDF and supplements. */
function filesOf(xml = jatsWith()): Map<string, Buffer> {
  const names = [
    'elife-19405-fig1-v1.tif',
    'elife-19405-v1.pdf',
    'elife-19405-figures-v1.pdf',
    'elife-19405-supp1-v1.pdf',
    'elife-19405-data1-v1.csv',
  ]
  return new Map([
    ['elife-19405-v1.xml', Buffer.from(xml)],
    ...names.map((name) => [name, Buffer.from(`bytes of ${name}`)] as const),
  ])
}

const shared = (await sharedArticles()).find(({ name }) => name.startsWith('elife-19405-vor-v1'))

test.skipIf(shared === undefined)(
  '22. 19405 sent twice: two names, no version in names and links, and figures byte for byte',
  async () => {
    const files = shared?.files ?? new Map<string, Buffer>()
    const given: string[] = []
    for (const expected of ['elife-05-19405.zip', 'elife-05-19405.r1.zip', 'elife-05-19405.r2.zip']) {
      const revision = nextRevision(packageRules.pmc.name, values, given)
      const { name, entries } = await deliver(packageRules.pmc, files, revision)
      expect(name).toBe(expected)
      given.push(name)
      expect([...entries.keys()].filter((entry) => /-v\d/.test(entry))).toEqual([])
      expect(entries.size).toBe(files.size)
      const xml = [...entries].find(([entry]) => entry.endsWith('.xml'))?.[1].toString() ?? ''
      expect(xml).not.toMatch(/xlink:href="elife-[^"]*-v\d/)
      const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
      const figures = (all: ReadonlyMap<string, Buffer>) =>
        [...all]
          .filter(([entry]) => !entry.endsWith('.xml'))
          .map(([, bytes]) => hash(bytes))
          .toSorted()
      expect(figures(entries)).toEqual(figures(files))
    }
  },
)

describe('23. revisions', () => {
  const revisionOf = (id: string, ...given: readonly string[]) =>
    nextRevision(packageRules.pmc.name, { prefix: 'elife', id, volume: '5', version: 1 }, given)

  test('of 10245 and 102451 do not mix', () => {
    const given = ['elife-05-102451.zip', 'elife-05-102451.r1.zip', 'elife-05-10245.zip']
    expect(revisionOf('10245', ...given)).toBe(1)
    expect(revisionOf('102451', ...given)).toBe(2)
    expect(revisionOf('0245', ...given)).toBe(0)
  })

  test('go on after the last, whatever is missing between', () => {
    expect(revisionOf('10245', 'elife-05-10245.r9.zip')).toBe(10)
  })
})

test('a name that needs a volume is not made without one, nor one that no server could store', () => {
  expect(() => packageName('{prefix}-{volume}-{id}.zip', { ...values, volume: undefined })).toThrow(PackageNameFailure)
  expect(() => packageName('{prefix}/{id}.zip', values)).toThrow(PackageNameFailure)
  expect(() => packageName('{unknown}.zip', values)).toThrow(PackageNameFailure)
})

describe('by rule', () => {
  const namesBy = async (rule: PackageRule, files = filesOf()) => {
    const { name, entries } = await deliver(rule, files)
    return [name, ...entries.keys()]
  }

  test('everything', async () => {
    expect(await namesBy(packageRules.everything)).toEqual([
      'elife-05-19405.zip',
      'elife-19405-data1.csv',
      'elife-19405-fig1.tif',
      'elife-19405-figures.pdf',
      'elife-19405-supp1.pdf',
      'elife-19405.pdf',
      'elife-19405.xml',
    ])
  })

  test('XML and PDFs, without supplements', async () => {
    expect(await namesBy(packageRules['xml-pdf'])).toEqual([
      'elife-19405-xml-pdf.zip',
      'elife-19405-figures.pdf',
      'elife-19405.pdf',
      'elife-19405.xml',
    ])
  })

  test('the XML in a zip, by itself, and by itself with its version', async () => {
    expect(await namesBy(packageRules['xml-zip'])).toEqual(['elife-19405-xml.zip', 'elife-19405.xml'])
    expect(await namesBy(packageRules.xml)).toEqual(['elife-19405.xml', 'elife-19405.xml'])
    expect(await namesBy(packageRules['xml-version'])).toEqual(['elife-19405-v1.xml', 'elife-19405-v1.xml'])
  })

  test('two files that would be one are told, not lost', async () => {
    const files = filesOf().set('elife-19405-fig1-v2.tif', Buffer.from('other'))
    await expect(namesBy(packageRules.everything, files)).rejects.toThrow(EmptyPackageFailure)
  })
})

describe('the XML', () => {
  const versionDoi = '<article-id pub-id-type="doi" specific-use="version">10.7554/eLife.19405.2</article-id>'
  const xmlBy = async (rule: PackageRule, xml: string) => {
    const { entries } = await deliver(rule, filesOf(xml))
    return [...entries].find(([name]) => name.endsWith('.xml'))?.[1].toString() ?? ''
  }

  test('loses the DOI of its version where the rule says so, and no other byte', async () => {
    const xml = jatsWith({ ids: versionDoi })
    expect(await xmlBy(packageRules['xml-version'], xml)).toBe(xml.replace(versionDoi, ''))
    expect(await xmlBy(packageRules.everything, xml)).toBe(xml)
  })

  test('links files by their new names, also those that are not in the package', async () => {
    const xml = hrefs(
      jatsWith(),
      'elife-19405-fig1-v1.tif',
      'elife-19405-fig1-v1',
      'elife-19405-video1-v1.mp4',
      'https://example.org/a-v1.tif',
    )
    expect((await xmlBy(packageRules.pmc, xml)).match(/(?<=graphic xlink:href=")[^"]*/g)).toEqual([
      'elife-19405-fig1.tif',
      'elife-19405-fig1',
      'elife-19405-video1.mp4',
      'https://example.org/a-v1.tif',
    ])
  })

  test('has links of letters and preprints as PMC takes them', async () => {
    const letters = `<sub-article><front-stub><article-id>x</article-id><related-object id="a" link-type="continued-by" xlink:href="https://sciety.org/1"/></front-stub></sub-article>`
    const more = `<pub-history><event><self-uri xlink:href="https://doi.org/10.1101/5"/></event><event><self-uri xlink:href="https://example.org/no-doi"/></event></pub-history>`
    const xml = jatsWith({ letters, more, abstract: '<abstract><p>A</p></abstract>' })
    const altered = await xmlBy(packageRules.pmc, xml)
    expect(altered).toContain(
      '<ext-link ext-link-type="uri" xlink:href="https://sciety.org/1">https://sciety.org/1</ext-link>',
    )
    expect(altered).toContain(
      '<related-article ext-link-type="doi" id="hra1" related-article-type="preprint" xlink:href="10.1101/5"/><abstract>',
    )
    expect(altered).not.toContain('hra2')
  })
})
