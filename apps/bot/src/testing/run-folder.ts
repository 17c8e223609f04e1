import { jats } from '@continuum/package/testing'
import { writeManifest } from '../worker/run/manifest.ts'
import { article, type TestBot } from './bot.ts'

/** The parts of an unpacked package that a test chooses. */
export interface UnpackedPackage {
  readonly xml?: string
  readonly figures?: readonly string[]
  readonly broken?: readonly string[]
  readonly others?: readonly string[]
  readonly inFolders?: string[]
  readonly automatic?: boolean
}

const { signal } = new AbortController()

/** Stores the XML and the manifest of a run, as ExpandArticle leaves them. */
export async function unpackPackage(bot: TestBot, contents: UnpackedPackage = {}): Promise<void> {
  const {
    xml = jats(),
    figures = ['journal-00007-fig1-v1.tif'],
    broken = [],
    others = ['journal-00007-v1.pdf'],
    inFolders = [],
    automatic = false,
  } = contents
  const files = [
    { name: 'journal-00007-v1.xml' },
    ...figures.map((name) => ({ name, image: { width: 1_800, height: 900 } })),
    ...broken.map((name) => ({ name, notAnImage: 'Input file is missing' })),
    ...others.map((name) => ({ name })),
  ].map((file) => ({ packed: file.name, bytes: 1, ...file }))
  const { expanded } = bot.buckets
  await bot.put(expanded, `${article.folder}/journal-00007-v1.xml`, xml)
  await writeManifest(bot.tools.s3, expanded, { article, files, inFolders, automatic }, signal)
}

/** Stores files with these names in the run's folder, and a manifest that lists them. */
export async function storeFiles(
  bot: TestBot,
  names = ['journal-00007-v1.xml', 'journal-00007-v1.pdf', 'journal-00007-fig1-v1.tif'],
): Promise<void> {
  const { expanded } = bot.buckets
  for (const name of names) await bot.put(expanded, `${article.folder}/${name}`, `content of ${name}`)
  const files = names.map((name) => ({ name, packed: name, bytes: 1 }))
  await writeManifest(bot.tools.s3, expanded, { article, files, inFolders: [], automatic: false }, signal)
}
