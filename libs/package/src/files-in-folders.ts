import {
  fileNamedBy,
  findArticleXml,
  namedAssets,
  parseArticleXml,
  type Journal,
  type NamedAsset,
} from '@continuum/article'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ZipFile } from 'yauzl'
import { readContents, type PackageContents, type PackedFile } from './contents.ts'
import { DuplicateNameFailure } from './errors.ts'
import { packageLimits } from './limits.ts'
import { unpackFile } from './unpack.ts'
import { readXml } from './unpacked.ts'

interface ArticleFiles {
  readonly journal: Journal
  readonly articleId: string
  /** A folder for files on their way. */
  readonly scratch: string
  readonly signal: AbortSignal
}

/**
 * Reads a zip's directory as `readContents` does, and takes those files in folders that the article's XML names.
 *
 * @throws what `readContents` throws
 * @throws {DuplicateNameFailure} when two files that are needed differ in their folder alone
 */
export async function readArticleFiles(
  zip: ZipFile,
  zipBytes: number,
  { journal, articleId, scratch, signal }: ArticleFiles,
): Promise<PackageContents> {
  const contents = await readContents(zip, zipBytes, packageLimits)
  if (contents.inFolders.length === 0) return contents
  const found = findArticleXml({ journal, articleId, files: contents.files.map(({ name }) => name) })
  const file = contents.files.find(({ name }) => 'file' in found && name === found.file)
  if (!file) return contents
  const path = join(scratch, 'article.xml')
  await unpackFile(zip, file, path, signal)
  const bytes = await readXml(path, file)
  await rm(path)
  try {
    return takeNamedFiles(contents, namedAssets(parseArticleXml(bytes), journal))
  } catch (error) {
    if (error instanceof DuplicateNameFailure) throw error
    // XML that cannot be read is reported when the package is checked; it names nothing.
    if (error instanceof Error && 'retry' in error && error.retry === false) return contents
    throw error
  }
}

/**
 * Takes the files in folders that an XML names, under their names without the folder. An `xlink:href` with a path means the
 * file at the end of whose path it stands; else a file at the top level; else the only one of its name in any folder.
 *
 * @throws {DuplicateNameFailure} when a file that is taken has the name of another that is not the same file
 */
export function takeNamedFiles(
  { files, inFolders, missing }: PackageContents,
  assets: readonly Pick<NamedAsset, 'href' | 'element'>[],
): PackageContents {
  const top = files.map(({ name }) => name)
  const taken = new Set(assets.flatMap((asset) => fileInFolder(asset, top, inFolders) ?? []))
  const byName = Map.groupBy([...files, ...taken], ({ name }) => baseName(name).normalize('NFC').toLowerCase())
  const clashes = [...byName.values()].filter((same) => same.some((file) => !isSame(file, same[0])))
  const [clash] = clashes
  if (clash) {
    throw new DuplicateNameFailure(
      `${clash.map(({ name }) => name).join(' and ')} have one name, and the folder is not kept. Give each a name of its own, in the package and in the XML.`,
    )
  }
  const added = [...taken]
    .filter(({ name }) => !top.includes(baseName(name)))
    .map((file) => ({ ...file, name: baseName(file.name) }))
  return { files: [...files, ...added], inFolders: inFolders.filter((file) => !taken.has(file)), missing }
}

function fileInFolder(
  { href, element }: Pick<NamedAsset, 'href' | 'element'>,
  top: readonly string[],
  inFolders: readonly PackedFile[],
): PackedFile | undefined {
  const folder = folderOf(href)
  const find = (files: readonly PackedFile[]) => {
    const name = fileNamedBy(
      href,
      element,
      files.map((file) => baseName(file.name)),
    )
    const same = files.filter((file) => baseName(file.name) === name)
    return same.length === 1 ? same[0] : undefined
  }
  const atPath = folder === '' ? undefined : find(inFolders.filter(({ name }) => endsWith(name, folder)))
  if (atPath) return atPath
  return fileNamedBy(href, element, top) === undefined ? find(inFolders) : undefined
}

/** Tells if a file lies in a folder, which may lie in others. */
function endsWith(path: string, folder: string): boolean {
  return `/${path.slice(0, path.lastIndexOf('/'))}`.normalize('NFC').endsWith(`/${folder}`)
}

/** The folders that an href names, without those that lead nowhere or upwards; none of an address. */
function folderOf(href: string): string {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/|www\.)/i.test(href)) return ''
  let path = href.replaceAll('\\', '/')
  try {
    path = decodeURIComponent(path)
  } catch {
    // It is no encoding, then.
  }
  const parts = path.normalize('NFC').split('/').slice(0, -1)
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/')
}

function isSame(file: PackedFile, other: PackedFile | undefined): boolean {
  return other !== undefined && (file === other || (file.size === other.size && file.entry.crc32 === other.entry.crc32))
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
