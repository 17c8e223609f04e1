import { MalformedXml, mecaManifestName, readMecaManifest, type MecaFile } from '@continuum/article'
import { isUtf8 } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import { getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl'
import {
  NoArticleXmlFailure,
  NotAZipFailure,
  PackageTooLargeFailure,
  UnfitPackageFailure,
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
  /** Paths of files that the manifest of a MECA zip lists as the article's and that are not in the zip. */
  readonly missing: readonly string[]
}

/**
 * Reads a zip's directory and rejects, before a byte is unpacked, what must not be unpacked.
 *
 * If all files are in one folder, they are the package's, and if the only XML is in one of several, those beside it; of a MECA zip
 * the package's are those that its manifest lists as the
 * article's, in whatever folder. Tolerated: entries for folders, the malformed entry `./`, a
 * leading `./` or `.\\`, and what desktop systems and editors leave behind, which is ignored: names beginning with `.`, `_`
 * or `~$` or ending in `~`, and `Thumbs.db` and `desktop.ini`.
 *
 * @param zipBytes size of the zip, for the ratio between unpacked and packed bytes
 * @throws {UnsafeEntryNameFailure} for `../`, absolute paths and control characters, wherever they stand
 * @throws {PackageTooLargeFailure} for too many files, too many bytes, or 100 times its own size
 * @throws {UnreadableEntryFailure} for encryption and unsupported compression
 * @throws {NoArticleXmlFailure} when no XML is at the top level, nor in the one folder that there is
 * @throws {UnfitPackageFailure} when the manifest of a MECA zip is not well-formed
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
  const { files, others, missing } = (await mecaFiles(zip, packed)) ?? { ...filesBesideXml(packed), missing: [] }
  if (!files.some(isXml)) throw noXml(files, others)
  return { files, inFolders: others, missing }
}

/** Files at the top level; where no XML is there, those in the folder of the only XML that there is. */
function filesBesideXml(packed: readonly PackedFile[]): {
  files: readonly PackedFile[]
  others: readonly PackedFile[]
} {
  const files = packed.filter(({ name }) => !name.includes('/'))
  const [xml, ...furtherXmls] = files.some(isXml) ? [] : packed.filter(isXml)
  if (!xml || furtherXmls.length > 0) return { files, others: packed.filter(({ name }) => name.includes('/')) }
  const folder = xml.name.slice(0, xml.name.lastIndexOf('/') + 1)
  const isBeside = ({ name }: PackedFile) => name.startsWith(folder) && !name.slice(folder.length).includes('/')
  return {
    files: packed.filter(isBeside).map((file) => ({ ...file, name: file.name.slice(folder.length) })),
    others: packed.filter((file) => !isBeside(file)),
  }
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
): Promise<{ files: readonly PackedFile[]; others: readonly PackedFile[]; missing: readonly string[] } | undefined> {
  const manifest = packed.find(({ name }) => name.toLowerCase() === mecaManifestName)
  if (!manifest || manifest.size > maxManifestBytes) return undefined
  const listed = manifestItems(await buffer(await zip.openReadStreamPromise(manifest.entry)))
  if (!listed) return undefined
  const ofArticle = new Set(listed.flatMap(({ path, isOfArticle }) => (isOfArticle ? [path] : [])))
  const isKnown = ({ name }: PackedFile) => ofArticle.has(name)
  return {
    files: packed.filter(isKnown).map((file) => ({ ...file, name: file.name.slice(file.name.lastIndexOf('/') + 1) })),
    others: packed.filter((file) => !isKnown(file) && file !== manifest),
    missing: [...ofArticle].filter(
      (path) => !/^[a-z][a-z\d+.-]*:/i.test(path) && !packed.some(({ name }) => name === path),
    ),
  }
}

function manifestItems(bytes: Buffer): readonly MecaFile[] | undefined {
  try {
    return readMecaManifest(bytes)
  } catch (cause) {
    if (!(cause instanceof MalformedXml)) throw cause
    throw new UnfitPackageFailure(
      `${mecaManifestName} of the package is not well-formed (${cause.reason}). Correct it; a package that is no MECA zip needs none.`,
      { cause },
    )
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

/** The bit by which a zip says that a name is in UTF-8. */
const utf8Flag = 0x800

/** File systems take 255 bytes; a version is added to the name. */
const maxNameLength = 200

/** Decodes the name here, not in the library, so that an unsafe name can be told from a damaged directory. */
function safeName(entry: Entry): string {
  // macOS writes UTF-8 and does not say so; text of another encoding is hardly ever valid as UTF-8.
  const flags = isUtf8(entry.fileNameRaw) ? entry.generalPurposeBitFlag | utf8Flag : entry.generalPurposeBitFlag
  const name = getFileNameLowLevel(flags, entry.fileNameRaw, entry.extraFields, false)
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
      `The XML files of the package are in folders (${listOf(
        inFolders.filter(isXml).map(({ name }) => name),
        3,
      )}). Zip the files themselves, or one folder that has them all.`,
    )
  }
  const inner = [...files, ...inFolders].find(({ name }) => /\.zip$/i.test(name))
  if (inner !== undefined) {
    return new NoArticleXmlFailure(
      `The package has no XML file, but another zip (${inner.name}). Put that zip itself in the bucket, under the package's name.`,
    )
  }
  return new NoArticleXmlFailure(
    files.length === 0
      ? `The package has no files. ${again}`
      : `The package has no XML file, only ${listOf(files.map((file) => file.name))}. ${again}`,
  )
}
