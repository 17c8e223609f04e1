import { articleFileName, classifyFile, type Journal } from '@continuum/article'
import type { ArticleRun } from '../../activities/article-run.ts'
import { Type } from 'typebox'
import type { Manifest } from './manifest.ts'

/** The fields of an EIF, as it is stored. */
export const Eif = Type.Record(Type.String(), Type.Unknown())

/** Returns the folder below a run's own that holds what will be public, under the names that readers will find. */
export function publicFolderOf(folder: string): string {
  return `${folder}/cdn`
}

/** Returns the EIF's key in the EIF bucket: `00353.1/<run>/elife-00353-v1.json`. */
export function eifKey(journal: Journal, { folder, articleId, version }: ArticleRun): string {
  return `${folder}/${articleFileName(journal, articleId, version, 'json')}`
}

/** Returns the article JSON's key in the EIF bucket, beside the EIF. */
export function articleJsonKey(journal: Journal, { folder, articleId, version }: ArticleRun): string {
  return `${folder}/${articleFileName(journal, articleId, version, 'article.json')}`
}

/** Returns the key of the article's own XML in the expanded bucket; undefined when the package has none. */
export function articleXmlKey(journal: Journal, { article, files }: Manifest): string | undefined {
  const xml = files.find(({ name, kind = classifyFile(name, journal, article.articleId) }) => kind === 'articleXml')
  return xml && `${article.folder}/${xml.name}`
}
