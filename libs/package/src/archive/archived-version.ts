import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { findArticleXml } from '@continuum/article'
import type { ReadBeside } from '../convert-xml.ts'
import { readArticleFiles } from '../files-in-folders.ts'
import { openPackage } from '../open.ts'
import { unpackFile } from '../unpack.ts'
import { readArchiveManifest, type ArchiveManifest } from './manifest.ts'
import type { Archive } from './plan.ts'

/** The files of an archived version. */
export interface ArchivedFiles {
  readonly xml: Uint8Array
  readonly names: readonly string[]
  readonly readBeside: ReadBeside
}

/** A version in its archive, open for reading. */
export interface ArchivedVersion {
  /** The run that was published; made of the archive's name where it has no manifest. */
  readonly run: string
  /** The instant at which it became public; that of the archive's name where it has no manifest. */
  readonly published: string
  /** Absent where it was archived before there were manifests. */
  readonly manifest?: ArchiveManifest
  /** @throws what reading a package throws, and an error where it has no XML of the article */
  readonly readFiles: () => Promise<ArchivedFiles>
}

/**
 * Reads a version from its archive, which passes through the disk; what is open is closed, and the disk left as it was, when `read` has ended.
 *
 * @param content the bytes of the archive
 * @throws {NotAZipFailure} and what `read` throws
 */
export async function readArchivedVersion<Read>(
  archive: Archive,
  content: Readable,
  read: (version: ArchivedVersion) => Promise<Read>,
): Promise<Read> {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'continuum-archive-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'archive.zip')
  await pipeline(content, createWriteStream(path))
  const manifest = await readArchiveManifest(path)
  const { run = `archive-${archive.stamp}`, published = archive.stamp } = manifest ?? {}
  const readFiles = async () => {
    const { zip, bytes } = await openPackage(path)
    opened.defer(() => zip.close())
    return filesIn(archive, { zip, bytes, folder })
  }
  return await read({ run, published, ...(manifest && { manifest }), readFiles })
}

type Opened = Awaited<ReturnType<typeof openPackage>> & { readonly folder: string }

async function filesIn({ article, journal }: Archive, { zip, bytes, folder }: Opened): Promise<ArchivedFiles> {
  const { signal } = new AbortController()
  const { files } = await readArticleFiles(zip, bytes, { journal, articleId: article, scratch: folder, signal })
  const byName = new Map(files.map((file) => [file.name, file]))
  let unpacked = 0
  const readBeside = async (name: string) => {
    const file = byName.get(name)
    if (!file) return undefined
    const path = join(folder, `file-${++unpacked}`)
    await unpackFile(zip, file, path, signal)
    const content = await readFile(path)
    await rm(path)
    return content
  }
  const names = [...byName.keys()]
  const found = findArticleXml({ journal, articleId: article, files: names })
  if ('problem' in found) throw new Error(found.problem.message)
  const xml = await readBeside(found.file)
  if (!xml) throw new Error(`The archive has no ${found.file}.`)
  return { xml, names, readBeside }
}
