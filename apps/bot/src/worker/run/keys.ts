import { articleFileName, articleVersionId, classifyFile, type Journal } from '@continuum/article'
import type { ArticleRun, Run } from '../../activities/article-run.ts'
import type { Manifest } from './manifest.ts'

/** `<id>.<version>/<run>`: where a run's files are, in the expanded bucket and in the EIF bucket. */
export function folderOf({ articleId, version, run }: Run): string {
  return `${articleVersionId(articleId, version)}/${run}`
}

/** Below a run's folder: what will be public, under the names that readers will find. */
export function publicFolderOf(folder: string): string {
  return `${folder}/cdn`
}

/** The EIF's key in the EIF bucket: `00353.1/<run>/elife-00353-v1.json`. */
export function eifKey(journal: Journal, { folder, articleId, version }: ArticleRun): string {
  return `${folder}/${articleFileName(journal, articleId, version, 'json')}`
}

/** The article JSON's key in the EIF bucket, beside the EIF. */
export function articleJsonKey(journal: Journal, { folder, articleId, version }: ArticleRun): string {
  return `${folder}/${articleFileName(journal, articleId, version, 'article.json')}`
}

/** The key of the article's own XML in the expanded bucket; undefined when the package has none. */
export function articleXmlKey(journal: Journal, { article, files }: Manifest): string | undefined {
  const xml = files.find(({ name }) => classifyFile(name, journal, article.articleId) === 'articleXml')
  return xml && `${article.folder}/${xml.name}`
}
