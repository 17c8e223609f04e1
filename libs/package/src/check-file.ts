import { rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import {
  articleStatusOf,
  findArticleXml,
  namedAssets,
  parseArticleXml,
  parsePackageName,
  planPackage,
  rewriteHrefs,
  type ArticleXml,
  type Journal,
} from '@continuum/article'
import type { ZipFile } from 'yauzl'
import { assessPackage, type UnpackedFile } from './assess.ts'
import type { PackedFile } from './contents.ts'
import { readArticleFiles } from './files-in-folders.ts'
import { openPackage } from './open.ts'
import { isProblem, type Remark } from './remark.ts'
import { unpackFile } from './unpack.ts'
import { makeSvgSafe, measureImage, readXml } from './unpacked.ts'
import { versionedNames } from './versioned-names.ts'

/** A package as it was found on disk. */
export interface CheckedPackage {
  /** The prefix of the journal; absent where the name is none of a known journal. */
  readonly journal?: string
  readonly articleId?: string
  readonly title?: string
  /** The most severe first. */
  readonly remarks: readonly Remark[]
}

interface CheckOptions {
  readonly journals: readonly Journal[]
  /** An empty folder for files on their way; the caller removes it. */
  readonly scratch: string
  readonly signal: AbortSignal
}

/**
 * Checks a package on disk as the worker does: opens the zip, reads its images and assesses its XML.
 *
 * Whatever is wrong with the package is among the remarks; only what is wrong with this machine is thrown.
 */
export async function checkPackageFile(path: string, options: CheckOptions): Promise<CheckedPackage> {
  let known: Omit<CheckedPackage, 'remarks'> = {}
  try {
    const { journal, articleId, status, version = 1 } = parsePackageName(basename(path), options.journals)
    known = { journal: journal.prefix, articleId }
    const { zip, bytes } = await openPackage(path)
    try {
      const { files, inFolders, missing } = await readArticleFiles(zip, bytes, { journal, articleId, ...options })
      const names = versionedNames(
        files.map(({ name }) => name),
        version,
      )
      const stored = [...names.values()]
      const found = findArticleXml({ journal, articleId, files: files.map(({ name }) => name) })
      if ('problem' in found) return { ...known, remarks: [{ severity: 'problem', what: found.problem.message }] }
      const xml = await articleXmlOf(zip, files, names, names.get(found.file) ?? found.file, options)
      const plan = planPackage({ journal, articleId, files: stored }, namedAssets(xml, journal))
      const derived = new Set(plan.files.filter(({ derive }) => derive).map(({ name }) => name))
      const unpacked: UnpackedFile[] = []
      for (const file of files) {
        const name = names.get(file.name) ?? file.name
        const image = derived.has(name) ? await measured(zip, file, options) : {}
        unpacked.push({ name, packed: file.name, bytes: file.size, ...image })
      }
      const { journals } = options
      const about = { journal, journals, articleId, version, status: status ?? articleStatusOf(xml), files: unpacked }
      const assessed = assessPackage({ ...about, inFolders: inFolders.map(({ name }) => name), missing, cdnUrl }, xml)
      return { ...known, title: assessed.description.title, remarks: assessed.remarks }
    } finally {
      zip.close()
    }
  } catch (error) {
    if (!(error instanceof Error && 'retry' in error && error.retry === false)) throw error
    return { ...known, remarks: [{ severity: 'problem', what: error.message }] }
  }
}

/** Tells whether a package would be taken. */
export function isTaken({ remarks }: CheckedPackage): boolean {
  return !remarks.some(isProblem)
}

/** Any address will do: nothing is published. */
const cdnUrl = 'https://cdn.example.org'

async function articleXmlOf(
  zip: ZipFile,
  files: readonly PackedFile[],
  names: ReadonlyMap<string, string>,
  stored: string,
  { scratch, signal }: CheckOptions,
): Promise<ArticleXml> {
  const file = files.find(({ name }) => names.get(name) === stored)
  if (!file) throw new Error(`${stored} is not in the package`)
  const path = join(scratch, 'article.xml')
  await unpackFile(zip, file, path, signal)
  const bytes = await readXml(path, file)
  await rm(path)
  return parseArticleXml(rewriteHrefs(bytes, names))
}

async function measured(
  zip: ZipFile,
  file: PackedFile,
  { scratch, signal }: CheckOptions,
): Promise<Pick<UnpackedFile, 'image' | 'notAnImage' | 'removed'>> {
  const path = join(scratch, `image${extname(file.name)}`)
  await unpackFile(zip, file, path, signal)
  try {
    const { removed = [] } = (await makeSvgSafe(path, file)) ?? {}
    return { ...(await measureImage(path)), ...(removed.length > 0 && { removed }) }
  } finally {
    await rm(path)
  }
}
