import { checkPackage as check, describeArticle, findArticleXml, parseArticleXml } from '@continuum/article'
import { count, findingsOf, problemsOf, UnfitPackageFailure, withAdvice } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import { checkPackage } from '../../../activities/arrival.ts'
import { readObject } from '../../files/objects.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest } from '../../run/manifest.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Fails with all problems in one list; findings are shown on the dashboard and stop nothing. */
export function implementCheckPackage({ s3, buckets, journals, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, checkPackage, async (article, { signal, property }) => {
    const manifest = await readManifest(s3, buckets.expanded, article.folder, signal)
    const journal = journalOf(journals, article.journal)
    const { articleId, status, folder } = article
    const files = manifest.files.map((file) => file.name)
    const empty = manifest.files.filter(({ bytes }) => bytes === 0).map(({ name }) => name)
    const contents = { journal, articleId, status, files, empty }

    const found = findArticleXml(contents)
    if ('problem' in found) throw new UnfitPackageFailure(withAdvice([found.problem.message]))
    const bytes = await readObject(s3, { bucket: buckets.expanded, key: `${folder}/${found.file}` }, signal)
    const description = describeArticle(parseArticleXml(bytes), journal, { packagedAs: articleId, journals })
    const report = check(contents, description)

    const findings = findingsOf(report, manifest)
    await property('findings', findings.join('\n'))
    const problems = problemsOf(report, manifest)
    if (problems.length > 0) throw new UnfitPackageFailure(withAdvice(problems))
    const toReview = findings.length > 0 ? `, with ${count(findings.length, 'finding')} to review` : ''
    return { output: undefined, message: `The package is fit to publish${toReview}.` }
  })
}
