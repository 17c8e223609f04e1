import { checkPackage as check, describeArticle, findArticleXml, parseArticleXml } from '@continuum/article'
import { PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { checkPackage } from '../../../activities/arrival.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest } from '../../run/manifest.ts'
import { readObject } from '../../files/objects.ts'
import { findingsOf, problemsOf, sentenceOf } from '../../package/findings.ts'
import { count } from '../../../messages/wording.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Thrown when a package cannot be published as it is; the message lists all that is wrong with it. */
export class UnfitPackage extends PermanentFailure {}

export function implementCheckPackage({ s3, buckets, journals, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, checkPackage, async (article, { signal, property }) => {
    const manifest = await readManifest(s3, buckets.expanded, article.folder, signal)
    const journal = journalOf(journals, article.journal)
    const { articleId, status, folder } = article
    const contents = { journal, articleId, status, files: manifest.files.map((file) => file.name) }

    const found = findArticleXml(contents)
    if ('problem' in found) throw new UnfitPackage(sentenceOf([found.problem.message]))
    const bytes = await readObject(s3, { bucket: buckets.expanded, key: `${folder}/${found.file}` }, signal)
    const xml = parseArticleXml(bytes)
    const report = check(contents, describeArticle(xml, journal))

    const findings = findingsOf(report, manifest)
    await property('findings', findings.join('\n'))
    const problems = problemsOf(report, manifest)
    if (problems.length > 0) throw new UnfitPackage(sentenceOf(problems))
    const noted = findings.length > 0 ? `, with ${count(findings.length, 'finding')} to look at` : ''
    return { output: undefined, message: `The package is fit to publish${noted}.` }
  })
}
