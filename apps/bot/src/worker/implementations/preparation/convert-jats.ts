import { describeArticle, parseArticleXml, toArticleJson, toEif } from '@continuum/article'
import type { Implementation } from '@continuum/workflow-core'
import { convertJats } from '../../../activities/preparation.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest } from '../../run/manifest.ts'
import { ObjectMissingFailure, putBytes, readObject } from '../../files/objects.ts'
import { articleJsonKey, articleXmlKey, eifKey } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/**
 * Parses and describes the XML once, for the EIF, the article JSON and the properties by which editors know an article.
 * The title property keeps the markup of the XML.
 */
export function implementConvertJats(tools: Tools): Implementation {
  const { s3, buckets, journals, cdnUrl, tellDashboard } = tools
  return implementStep(tellDashboard, convertJats, async (article, { signal, property }) => {
    const manifest = await readManifest(s3, buckets.expanded, article.folder, signal)
    const journal = journalOf(journals, article.journal)
    const key = articleXmlKey(journal, manifest)
    if (key === undefined)
      throw new ObjectMissingFailure('The run has no article XML. Put the package in the bucket again.')
    const xml = parseArticleXml(await readObject(s3, { bucket: buckets.expanded, key }, signal))

    const { version, updated: update } = article
    const files = manifest.files.map(({ name }) => name)
    const sizes = Object.fromEntries(manifest.files.flatMap(({ name, image }) => (image ? [[name, image]] : [])))
    const description = describeArticle(xml, journal, { packagedAs: article.articleId, journals })
    const eif = toEif(xml, { journal, version, update, publish: false, description })
    const json = toArticleJson(xml, { journal, version, cdnUrl, sizes, files, description })
    const store = async (to: string, value: unknown) =>
      putBytes(s3, { bucket: buckets.eif, key: to }, JSON.stringify(value), signal)
    await Promise.all([store(eifKey(journal, article), eif), store(articleJsonKey(journal, article), json)])

    const { doi, titleJats, title, authors, correspondingAuthors } = description
    await Promise.all([
      property('doi', doi),
      property('title', titleJats),
      property('status', eif.status),
      property('article-type', eif['article-type']),
      property('authors', authors.join(', ')),
      property('corresponding-authors', correspondingAuthors.join(', ')),
      eif['pub-date'] !== undefined && property('publication-date', eif['pub-date']),
    ])
    return { output: undefined, message: `This is "${title}" (${eif.status}).` }
  })
}
