import { mecaManifestName, readMecaManifest } from '@continuum/article'
import { buffer } from 'node:stream/consumers'
import { getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl'
import {
  NoArticleXmlFailure,
  NotAZipFailure,
  PackageTooLargeFailure,
  UnreadableEntryFailure,
  UnsafeEntryNameFailure,
} from './errors.ts'
import { listOf, megabytes } from './wording.ts'
import type { PackageLimits } from './limits.ts'

/** A file at the top level of a package. */
export interface PackedFile {
  readonly name: string
  /** Bytes, unpacked, as the zip's directory says; enforced while unpacking. */
  readonly size: number
  readonly entry: Entry
}

export interface PackageContents {
  readonly files: readonly PackedFile[]
  /** Files in folders, and in a MECA zip those that are not of the article, named by their paths: they are ignored. */
  readonly inFolders: readonly PackedFile[]
}

/**
 * Reads a zip's directory and rejects, before a byte is unpacked, what must not be unpacked.
 *
 * If all files are in one folder, they are the package's; of a MECA zip the package's are those that its manifest lists as the
 * article's, in whatever folder. Tolerated: entries for folders, the malformed entry `./`, a
 * leading `./` or `.\\`, and what desktop systems and editors leave behind, which is ignored: names beginning with `.`, `_`
 * or `~$` or ending in `~`, and `Thumbs.db` and `desktop.ini`.
 *
 * @param zipBytes size of the zip, for the ratio between unpacked and packed bytes
 * @throws {UnsafeEntryNameFailure} for `../`, absolute paths and control characters, wherever they stand
 * @throws {PackageTooLargeFailure} for too many files, too many bytes, or 100 times its own size
 * @throws {UnreadableEntryFailure} for encryption and unsupported compression
 * @throws {NoArticleXmlFailure} when no XML is at the top level, nor in the one folder that there is
 * @throws {NotAZipFailure} when the directory itself is damaged
 */
export async function readContents(zip: ZipFile, zipBytes: number, limits: PackageLimits): Promise<PackageContents> {
  const all: { parts: readonly string[]; size: number; entry: Entry }[] = []
  let total = 0
  for await (const { entry, name } of entries(zip, limits)) {
    total += entry.uncompressedSize
    if (total > limits.totalBytes) throw tooLarge(`more than ${megabytes(limits.totalBytes)}`)
    if (total > limits.ratio * zipBytes) throw tooLarge(`more than ${limits.ratio} times its size`)
    const parts = name.split('/').filter((part) => part !== '' && part !== '.')
    if (name.endsWith('/') || parts.length === 0 || parts.some((part) => litter.test(part))) continue
    all.push({ parts, size: readableSize(entry, name, limits), entry })
  }
  const depth = commonDepth(all.map(({ parts }) => parts))
  const packed = all.map(({ parts, ...file }) => ({ ...file, name: parts.slice(depth).join('/') }))
  const { files, others } = (await mecaFiles(zip, packed)) ?? {
    files: packed.filter(({ name }) => !name.includes('/')),
    others: packed.filter(({ name }) => name.includes('/')),
  }
  if (!files.some(isXml)) throw noXml(files, others)
  return { files, inFolders: others }
}

/** The manifest of a transfer lists files, not their content. */
const maxManifestBytes = 4 * 1024 ** 2

/**
 * Files of the article in a MECA zip, by its manifest, without their folders: two of one name are told apart later, or
 * refused. Undefined where there is no manifest.
 */
async function mecaFiles(
  zip: ZipFile,
  packed: readonly PackedFile[],
): Promise<{ files: readonly PackedFile[]; others: readonly PackedFile[] } | undefined> {
  const manifest = packed.find(({ name }) => name.toLowerCase() === mecaManifestName)
  if (!manifest || manifest.size > maxManifestBytes) return undefined
  const listed = readMecaManifest(await buffer(await zip.openReadStreamPromise(manifest.entry)))
  if (!listed) return undefined
  const ofArticle = new Set(listed.flatMap(({ path, isOfArticle }) => (isOfArticle ? [path] : [])))
  const isKnown = ({ name }: PackedFile) => ofArticle.has(name)
  return {
    files: packed.filter(isKnown).map((file) => ({ ...file, name: file.name.slice(file.name.lastIndexOf('/') + 1) })),
    others: packed.filter((file) => !isKnown(file) && file !== manifest),
  }
}

/** Left behind by desktop systems and by programs that had a file open. */
const litter = /^(?:[._].*|~\$.*|.*~|thumbs\.db|desktop\.ini)$/i

function isXml({ name }: { readonly name: string }): boolean {
  return /\.xml$/i.test(name)
}

/** Counts the folders that contain all files, one inside the other. */
function commonDepth(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths
  const differs = first.findIndex(
    (folder, at) => at === first.length - 1 || paths.some((path) => path.length <= at + 1 || path[at] !== folder),
  )
  return Math.max(0, differs)
}

async function* entries(zip: ZipFile, limits: PackageLimits): AsyncGenerator<{ entry: Entry; name: string }> {
  if (zip.entryCount > limits.files) throw tooLarge(`${zip.entryCount} files, more than ${limits.files}`)
  const unread = zip.eachEntry()
  while (true) {
    const next = await unread.next().catch((cause: unknown) => {
      throw new NotAZipFailure(`The zip is damaged: its directory cannot be read. ${again}`, { cause })
    })
    if (next.done) return
    yield { entry: next.value, name: safeName(next.value) }
  }
}

// oxlint-disable-next-line no-control-regex -- these are what it looks for
const controlCharacter = /[\u0000-\u001f\u007f]/

/** File systems take 255 bytes; a version is added to the name. */
const maxNameLength = 200

/** Decodes the name here, not in the library, so that an unsafe name can be told from a damaged directory. */
function safeName(entry: Entry): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
  const unsafe = validateFileName(name) !== null || controlCharacter.test(name)
  if (!unsafe && name.length <= maxNameLength) return name
  if (!unsafe)
    throw new UnsafeEntryNameFailure(`The package has a file with a name of ${name.length} characters. Shorten it.`)
  throw new UnsafeEntryNameFailure(
    `The package has a file with the name ${JSON.stringify(name.slice(0, 200))}, which leads outside of it. ` +
      'Nothing of it was unpacked. Zip the files again without folders, and find out where this zip comes from.',
  )
}

/** Methods that packing programs have beside deflate. */
const methods: Readonly<Record<number, string>> = {
  6: 'implode',
  9: 'deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
}

function readableSize(entry: Entry, name: string, limits: PackageLimits): number {
  if (entry.isEncrypted()) {
    throw new UnreadableEntryFailure(`"${name}" is encrypted. Zip the package again without a password.`)
  }
  if (!entry.canDecodeFileData()) {
    const known = methods[entry.compressionMethod]
    const method = `compression method ${entry.compressionMethod}${known === undefined ? '' : ` (${known})`}`
    throw new UnreadableEntryFailure(
      `"${name}" is packed with ${method}, which is not supported. Zip the package again with deflate.`,
    )
  }
  if (entry.uncompressedSize > limits.fileBytes) {
    throw tooLarge(`"${name}" alone to more than ${megabytes(limits.fileBytes)}`)
  }
  return entry.uncompressedSize
}

const again = 'Ask for the package again and put it in the bucket.'

function tooLarge(what: string): PackageTooLargeFailure {
  return new PackageTooLargeFailure(`The package would unpack to ${what}. Nothing of it was unpacked. ${again}`)
}

function noXml(files: readonly PackedFile[], inFolders: readonly PackedFile[]): NoArticleXmlFailure {
  const first = inFolders.find(isXml)
  if (first !== undefined) {
    return new NoArticleXmlFailure(
      `The files of the package are in folders (${first.name}). Zip the files themselves, or one folder that has them all.`,
    )
  }
  return new NoArticleXmlFailure(
    files.length === 0
      ? `The package has no files. ${again}`
      : `The package has no XML file, only ${listOf(files.map((file) => file.name))}. ${again}`,
  )
}
