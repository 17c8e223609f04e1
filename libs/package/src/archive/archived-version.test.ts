import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { journalWithDefaults } from '@continuum/article'
import { expect, test } from 'vitest'
import { NotAZipFailure } from '../errors.ts'
import { jats, journalSettings } from '../testing/index.ts'
import { zipOf } from '../zip.ts'
import { readArchivedVersion } from './archived-version.ts'
import { archiveManifestName } from './manifest.ts'
import { parseMark } from './marks.ts'

const archive = {
  key: 'journal-00007-vor-v1-20121213000000.zip',
  journal: journalWithDefaults(journalSettings),
  article: '00007',
  version: 1,
  stamp: '2012-12-13T00:00:00Z',
}
const zip = (files: Record<string, string>) =>
  zipOf(Object.keys(files), async (name) => Readable.from([Buffer.from(files[name] ?? '')]), '2016-10-05T12:00:00Z')

const leftovers = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('continuum-archive-'))

test('a manifest tells the run, the day and the content of a version', async () => {
  const manifest = {
    format: 1,
    articleId: '00007',
    version: 1,
    run: 'the-run',
    published: '2012-12-12T10:00:00Z',
    article: { title: 'Rivers' },
  }
  const content = zip({ 'journal-00007-v1.xml': jats(), [archiveManifestName]: JSON.stringify(manifest) })
  const read = await readArchivedVersion(archive, content, async ({ readFiles: _, ...version }) => version)
  expect(read).toEqual({ run: 'the-run', published: '2012-12-12T10:00:00Z', manifest })
})

test('without one the name tells the day; the XML and what lies beside it are read, and nothing stays on the disk', async () => {
  const before = await leftovers()
  const content = zip({ 'journal-00007-v1.xml': jats(), 'journal-00007-v1.pdf': '%PDF', 'a.txt': 'A' })
  const read = await readArchivedVersion(archive, content, async ({ run, published, manifest, readFiles }) => {
    const { xml, names, readBeside } = await readFiles()
    const beside = await Promise.all(['journal-00007-v1.pdf', 'a.txt', 'none'].map(readBeside))
    const texts = beside.map((bytes) => bytes && Buffer.from(bytes).toString())
    return { run, published, manifest, xml: Buffer.from(xml).toString(), names: names.toSorted(), texts }
  })
  expect(read).toEqual({
    run: 'archive-2012-12-13T00:00:00Z',
    published: '2012-12-13T00:00:00Z',
    manifest: undefined,
    xml: jats(),
    names: ['a.txt', 'journal-00007-v1.pdf', 'journal-00007-v1.xml'],
    texts: ['%PDF', 'A', undefined],
  })
  expect((await leftovers()).filter((name) => !before.includes(name))).toEqual([])
})

test('what is no zip, or has no XML, is told', async () => {
  const readFiles = (content: Readable) => readArchivedVersion(archive, content, (version) => version.readFiles())
  await expect(readFiles(Readable.from([Buffer.from('no zip')]))).rejects.toThrow(NotAZipFailure)
  await expect(readFiles(zip({ 'a.txt': 'A' }))).rejects.toThrow(/XML/)
})

test('a mark is read with what it says, and what is none is refused', () => {
  const mark = { format: 1, who: 'ada', why: 'Made up.', at: '2026-01-01T00:00:00Z' }
  expect(parseMark(JSON.stringify(mark))).toEqual(mark)
  expect(parseMark(JSON.stringify({ ...mark, notice: '10.7554/eLife.00999' }))).toMatchObject({
    notice: '10.7554/eLife.00999',
  })
  for (const text of ['', '{}', JSON.stringify({ ...mark, why: '' })]) expect(() => parseMark(text)).toThrow()
})
