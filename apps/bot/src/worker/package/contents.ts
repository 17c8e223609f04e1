import { getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl'
import {
  NoArticleXmlFailure,
  NotAZipFailure,
  PackageTooLargeFailure,
  UnreadableEntryFailure,
  UnsafeEntryNameFailure,
} from './errors.ts'
import { listOf, megabytes } from '../../messages/wording.ts'
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
  /** Paths of files in folders: only the top level is the article's. */
  readonly inFolders: string[]
}

/**
 * Reads a zip's directory and rejects, before a byte is unpacked, what must not be unpacked.
 *
 * Tolerated: entries for folders, the malformed entry `./`, a leading `./`, and names beginning with `.` or `_` (what
 * desktop systems leave behind), which are ignored.
 *
 * @param zipBytes size of the zip, for the ratio between unpacked and packed bytes
 * @throws {UnsafeEntryNameFailure} for `../`, absolute paths and control characters, wherever they stand
 * @throws {PackageTooLargeFailure} for too many files, too many bytes, or 100 times its own size
 * @throws {UnreadableEntryFailure} for encryption and unsupported compression
 * @throws {NoArticleXmlFailure} when no XML is at the top level
 * @throws {NotAZipFailure} when the directory itself is damaged
 */
export async function readContents(zip: ZipFile, zipBytes: number, limits: PackageLimits): Promise<PackageContents> {
  const files: PackedFile[] = []
  const inFolders: string[] = []
  let total = 0
  for await (const { entry, name } of entries(zip, limits)) {
    total += entry.uncompressedSize
    if (total > limits.totalBytes) throw tooLarge(`more than ${megabytes(limits.totalBytes)}`)
    if (total > limits.ratio * zipBytes) throw tooLarge(`more than ${limits.ratio} times its size`)
    const parts = name.split('/').filter((part) => part !== '' && part !== '.')
    if (name.endsWith('/') || parts.length === 0 || parts.some((part) => /^[._]/.test(part))) continue
    if (parts.length > 1) inFolders.push(parts.join('/'))
    else files.push({ name: parts.join('/'), size: readableSize(entry, name, limits), entry })
  }
  if (!files.some((file) => /\.xml$/i.test(file.name))) throw noXml(files, inFolders)
  return { files, inFolders }
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

function readableSize(entry: Entry, name: string, limits: PackageLimits): number {
  if (entry.isEncrypted()) {
    throw new UnreadableEntryFailure(`"${name}" is encrypted. Zip the package again without a password.`)
  }
  if (!entry.canDecodeFileData()) {
    const method = `compression method ${entry.compressionMethod}`
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

function noXml(files: readonly PackedFile[], inFolders: readonly string[]): NoArticleXmlFailure {
  const [first] = inFolders.filter((path) => /\.xml$/i.test(path))
  if (first !== undefined) {
    return new NoArticleXmlFailure(
      `The files of the package are in folders (${first}). Zip the files themselves, not the folder they are in.`,
    )
  }
  return new NoArticleXmlFailure(
    files.length === 0
      ? `The package has no files. ${again}`
      : `The package has no XML file, only ${listOf(files.map((file) => file.name))}. ${again}`,
  )
}
