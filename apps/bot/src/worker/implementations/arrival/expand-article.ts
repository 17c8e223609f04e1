import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  articleStatusOf,
  findArticleXml,
  namedAssets,
  parseArticleXml,
  parsePackageName,
  planPackage,
  rewriteHrefs,
  type ArticleXml,
  type PlannedFile,
} from '@continuum/article'
import {
  count,
  makeSvgSafe,
  measureImage,
  megabytes,
  openPackage,
  type PackedFile,
  readArticleFiles,
  readXml,
  UnfitPackageFailure,
  unpackFile,
  versionedNames,
  type ZipFile,
} from '@continuum/package'
import { importMetadata, importsFolder } from '@continuum/messages'
import { PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { folderOf, type ArticleRun } from '../../../activities/article-run.ts'
import { expandArticle } from '../../../activities/arrival.ts'
import { inParallel } from '../../step/in-parallel.ts'
import { writeManifest, type ManifestFile } from '../../run/manifest.ts'
import type { ObjectAddress } from '../../files/object-address.ts'
import { download, putBytes, putFile } from '../../files/objects.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Thrown when the object is not the one that the delivery announced: the newer one has a delivery of its own. */
export class PackageReplacedFailure extends PermanentFailure {}

const maxFiles = 8

/**
 * Downloads the zip to this worker's disk, then rejects it as a whole or unpacks it file by file. Each file is stored
 * once, in a stream, under its versioned name; only the article's XML is read as a whole, for the file names in it change too.
 */
export function implementExpandArticle(tools: Tools): Implementation {
  const { s3, buckets, journals, tellDashboard } = tools
  return implementStep(tellDashboard, expandArticle, async ({ articleId, version, run, delivery }, step) => {
    const { journal, status: namedStatus, version: namedVersion, date } = parsePackageName(delivery.file_name, journals)
    checkDate(date)
    const folder = folderOf({ articleId, version, run })
    const resupplied = namedVersion !== undefined
    const updated = date === undefined ? {} : { updated: date }

    await using scratch = await tools.scratch.folder()
    const path = join(scratch.path, 'package.zip')
    const from = { bucket: delivery.bucket_name, key: delivery.file_name }
    const { etag, metadata } = await download(s3, from, path, step.signal)
    const announced = delivery.file_etag?.replaceAll('"', '')
    if (announced !== undefined && announced !== etag) throw replaced(from.key)

    const { zip, bytes } = await openPackage(path)
    try {
      const { files, inFolders, missing } = await readArticleFiles(zip, bytes, {
        journal,
        articleId,
        scratch: scratch.path,
        signal: step.signal,
      })
      const names = versionedNames(
        files.map((file) => file.name),
        version,
      )
      const unpacking = {
        tools,
        zip,
        folder,
        names,
        scratch: scratch.path,
        signal: step.signal,
        withholds: !journal.publishUnnamedFiles,
      }
      const xml = await readArticleXml(
        unpacking,
        findArticleXml({ journal, articleId, files: [...names.values()] }),
        files,
      )
      const status = namedStatus ?? (xml ? articleStatusOf(xml) : 'vor')
      const imported = importOf(from, tools.buckets.expanded, metadata)
      const known = { articleId, version, run, journal: journal.prefix, status, folder, resupplied }
      const article = { ...known, ...updated, ...(imported && { imported }) }
      const plan = planPackage({ journal, articleId, files: [...names.values()] }, xml ? namedAssets(xml, journal) : [])
      const plans = new Map(plan.files.map((file) => [file.name, file]))
      let stored = 0
      const manifest = await inParallel(files, maxFiles, async (file) => {
        const entry = await storeFile(unpacking, file, plans)
        step.heartbeat({ stored: ++stored, of: files.length })
        return entry
      })
      const automatic = metadata['publication'] === 'automatic'
      await writeManifest(
        s3,
        buckets.expanded,
        { article, files: manifest, inFolders: inFolders.map(({ name }) => name), missing: [...missing], automatic },
        step.signal,
      )
      const unpacked = files.reduce((sum, file) => sum + file.size, 0)
      return { output: article, message: `Unpacked ${count(files.length, 'file')} (${megabytes(unpacked)}).` }
    } finally {
      zip.close()
    }
  })
}

/** Packages in the folder of imports were published elsewhere before; nobody but an operator can write there. */
function importOf(
  { bucket, key }: ObjectAddress,
  expanded: string,
  metadata: Readonly<Record<string, string>>,
): ArticleRun['imported'] {
  if (bucket !== expanded || !key.startsWith(importsFolder)) return undefined
  return { deposits: metadata[importMetadata.deposits] === 'yes' }
}

interface Unpacking {
  readonly tools: Tools
  readonly zip: ZipFile
  readonly folder: string
  /** Maps each name in the package to the name that the file is stored under. */
  readonly names: ReadonlyMap<string, string>
  readonly scratch: string
  readonly signal: AbortSignal
  /** Files that the XML does not name are withheld from readers. */
  readonly withholds: boolean
}

/**
 * Reads the article's XML as it will be stored. One that cannot be read is reported later, when the package is checked: until
 * then files are what their names say.
 */
async function readArticleXml(
  unpacking: Unpacking,
  found: ReturnType<typeof findArticleXml>,
  files: readonly PackedFile[],
): Promise<ArticleXml | undefined> {
  const { zip, names, scratch, signal } = unpacking
  const file = files.find(({ name }) => 'file' in found && names.get(name) === found.file)
  if (!file) return undefined
  const path = join(scratch, 'article.xml')
  await unpackFile(zip, file, path, signal)
  const bytes = await readXml(path, file)
  await rm(path)
  try {
    return parseArticleXml(rewriteHrefs(bytes, names))
  } catch (error) {
    if (error instanceof Error && 'retry' in error && error.retry === false) return undefined
    throw error
  }
}

async function storeFile(
  unpacking: Unpacking,
  file: PackedFile,
  plans: ReadonlyMap<string, PlannedFile>,
): Promise<ManifestFile> {
  const { tools, zip, folder, names, scratch, signal } = unpacking
  const name = names.get(file.name) ?? file.name
  const { kind = 'asset', derive: derives = false, deposit = true, unnamed = false } = plans.get(name) ?? {}
  // What the XML does not name may be a draft, a review or another article: readers don't get it by default.
  const withheld = unnamed && unpacking.withholds
  const derive = derives && !withheld
  const path = join(scratch, name)
  const place = { bucket: tools.buckets.expanded, key: `${folder}/${name}` }
  const sha256 = await unpackFile(zip, file, path, signal)
  const drawing = await makeSvgSafe(path, file)
  const image = derive ? await measureImage(path) : {}
  const bytes = drawing?.bytes ?? file.size
  if (kind === 'articleXml') {
    const xml = rewriteHrefs(await readXml(path, file), names)
    await putBytes(tools.s3, place, xml, signal)
  } else await putFile(tools.s3, place, path, { bytes, ...(drawing && { contentType: 'image/svg+xml' }) }, signal)
  await rm(path)
  const unpublished = deposit && !withheld ? {} : { unpublished: true }
  const removed = drawing && drawing.removed.length > 0 ? { removed: [...drawing.removed] } : {}
  return {
    name,
    packed: file.name,
    bytes: file.size,
    sha256,
    kind,
    derive,
    ...unpublished,
    ...(unnamed && { unnamed }),
    ...image,
    ...removed,
  }
}

/** A clock may be wrong by a day, and time zones differ. */
const maxAheadHours = 48

/** A wrong year would be the date of publication for ever. @throws {UnfitPackageFailure} */
function checkDate(date: string | undefined): void {
  const latest = Temporal.Now.instant().add({ hours: maxAheadHours })
  if (date === undefined || Temporal.Instant.compare(date, latest) <= 0) return
  throw new UnfitPackageFailure(
    `The package's name says that the version was updated on ${date}, which is in the future. ` +
      'Correct the date in its name and put it in the bucket again.',
  )
}

function replaced(key: string): PackageReplacedFailure {
  return new PackageReplacedFailure(
    `${key} was replaced in the bucket after it was announced. The newer file has a run of its own.`,
  )
}
