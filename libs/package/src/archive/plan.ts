import { parsePackageName, UnknownPackageName, type Journal } from '@continuum/article'
import { readMarkKey, readWithdrawnKey, withdrawnPrefix, type MarkKind } from './marks.ts'

/** An object of the archive bucket. */
export interface ArchivedObject {
  readonly key: string
  /** The time at which it was stored, milliseconds. */
  readonly modified: number
}

/** A published version in the archive. */
export interface Archive {
  readonly key: string
  readonly journal: Journal
  readonly article: string
  readonly version: number
  /** The instant in its name: of the publication, or of the last change. */
  readonly stamp: string
}

/** A mark of an article in the archive, or the files of a withdrawn one that has no mark. */
export interface ArchivedMark {
  readonly key: string
  readonly article: string
  readonly kind: MarkKind
  /** False where there is no object: only the place of the files says that the article is withdrawn. */
  readonly told: boolean
}

/** The archives to make the store again from: the versions of each article in their order. */
export interface RebuildPlan {
  readonly articles: readonly (readonly Archive[])[]
  /** In the order in which they are set: a retraction before a withdrawal. */
  readonly marks: readonly ArchivedMark[]
  /** Keys that are no archive of a journal of this store. */
  readonly unknown: readonly string[]
}

/** Plans a rebuild. Of several archives of one version, the one that was stored last is what readers saw last. */
export function planRebuild(objects: readonly ArchivedObject[], journals: readonly Journal[]): RebuildPlan {
  const unknown: string[] = []
  const withdrawn = new Set<string>()
  const marks: ArchivedMark[] = []
  const newest = new Map<string, Archive>()
  const inOrder = objects.toSorted((a, b) => a.modified - b.modified || (a.key < b.key ? -1 : 1))
  for (const { key } of inOrder) {
    const mark = readMarkKey(key)
    const withdrawnArticle = readWithdrawnKey(key)
    if (mark) marks.push({ key, article: mark.articleId, kind: mark.kind, told: true })
    if (withdrawnArticle !== undefined) withdrawn.add(withdrawnArticle)
    if (mark || withdrawnArticle !== undefined) continue
    const archive = archiveNamed(key, journals)
    if (archive) newest.set(`${archive.article}v${archive.version}`, archive)
    else unknown.push(key)
  }
  const byArticle = Map.groupBy(newest.values(), ({ article }) => article)
  const articles = [...byArticle.values()].map((versions) => versions.toSorted((a, b) => a.version - b.version))
  const marked = new Set(marks.flatMap(({ article, kind }) => (kind === 'withdrawal' ? [article] : [])))
  for (const article of withdrawn.difference(marked))
    marks.push({ key: withdrawnPrefix(article), article, kind: 'withdrawal', told: false })
  return { articles, marks: marks.toSorted((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0)), unknown }
}

function archiveNamed(key: string, journals: readonly Journal[]): Archive | undefined {
  try {
    const { journal, articleId: article, version, date: stamp } = parsePackageName(key, journals)
    return version === undefined || stamp === undefined ? undefined : { key, journal, article, version, stamp }
  } catch (error) {
    if (error instanceof UnknownPackageName) return undefined
    throw error
  }
}
