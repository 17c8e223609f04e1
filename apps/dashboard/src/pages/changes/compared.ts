import type { WebContext } from '../../http/context.ts'
import { compareArticles, type ArticleChanges } from '../../changes/article-changes.ts'
import { compareFiles, type FileChange } from '../../changes/file-changes.ts'
import { unversioned, type FigureChange } from '../../changes/figures.ts'
import type { PackageFile } from '../../content/contents.ts'
import type { Article, KnownRun, Version } from '../../derive/history/model.ts'
import { publicRun, publicVersions } from '../../derive/rules/replacement.ts'

/** The comparison of a run with what is public; or the reason why there is none, in words. */
export type Compared =
  | { readonly is: 'not compared'; readonly why: string }
  | {
      readonly is: 'compared'
      /** The public version. */
      readonly version: number
      /** The run is what readers get. */
      readonly itself: boolean
      readonly changes: ArticleChanges
      /** The figures that differ, or may differ. */
      readonly figures: readonly FigureChange[]
      /** Absent where the files of one of both are no longer kept. */
      readonly files?: readonly FileChange[]
    }

/** Compares a run with the same version as readers get it, or else with the newest version that is public. */
export async function compareRun(
  { contents }: Pick<WebContext, 'contents'>,
  article: Article,
  version: Version,
  run: KnownRun,
): Promise<Compared> {
  const place = { id: article.id, version: version.number, run: run.id }
  const same = publicVersions(article).find(({ number }) => number === version.number)
  const [own, readers] = await Promise.all([contents.ofRun(place), contents.ofReaders(article.id, same?.number)])
  if (readers.is === 'withdrawn')
    return { is: 'not compared', why: `The article is withdrawn, so nothing of it is public. ${readers.why}`.trim() }
  if (readers.is === 'nothing')
    return { is: 'not compared', why: 'Nothing of this article is public yet: all of it is new.' }
  if (!own)
    return {
      is: 'not compared',
      why: 'The content of this run is not there: it was not converted, or is no longer kept.',
    }
  const published = article.versions.find(({ number }) => number === readers.version)
  const before = published && publicRun(published)
  const [was, is] = await Promise.all([
    before && published ? contents.filesOf({ id: article.id, version: published.number, run: before.id }) : undefined,
    contents.filesOf(place),
  ])
  const changes = compareArticles(readers.content, own)
  return {
    is: 'compared',
    version: readers.version,
    itself: before?.id === run.id,
    changes,
    figures: changes.figures.filter((figure) => !isSameFile(figure, was, is)),
    ...(was && is && { files: compareFiles(was, is) }),
  }
}

/** Checks by the checksums of the files that a figure's images were made of that it is the same in both. */
function isSameFile(
  { was, is }: FigureChange,
  before: readonly PackageFile[] | undefined,
  after: readonly PackageFile[] | undefined,
): boolean {
  const [one, other] = [was && sourceOf(was.file, before), is && sourceOf(is.file, after)]
  return one?.sha256 !== undefined && one.sha256 === other?.sha256
}

/** Finds the file of a package that an image was made of: it has the same name, but perhaps another extension. */
function sourceOf(image: string, files: readonly PackageFile[] | undefined): PackageFile | undefined {
  const stem = (name: string) => unversioned(name).replace(/\.[^.]+$/, '')
  return files?.find(({ name, kind }) => (kind === 'figure' || kind === 'inline') && stem(name) === stem(image))
}
