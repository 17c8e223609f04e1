import { findArticleXml, parseArticleXml } from '@continuum/article'
import { encodeLosses } from '@continuum/messages'
import { assessPackage, count, problemMessage, UnfitPackageFailure, withAdvice } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import { checkPackage } from '../../../activities/arrival.ts'
import { readObject } from '../../files/objects.ts'
import { storeArticle } from '../../run/converted-article.ts'
import { journalOf } from '../../run/journal-of.ts'
import { lossesForDashboard, storeLossReport } from '../../run/losses.ts'
import { readManifest } from '../../run/manifest.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/**
 * Fails with all problems in one list; warnings and findings are shown on the dashboard and stop nothing. What it makes of the
 * XML on the way is stored for the steps that follow.
 */
export function implementCheckPackage({ s3, buckets, journals, cdnUrl, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, checkPackage, async (article, { signal, property }) => {
    const manifest = await readManifest(s3, buckets.expanded, article.folder, signal)
    const journal = journalOf(journals, article.journal)
    const { articleId, version, status, folder } = article
    const { files, inFolders, missing = [] } = manifest

    const found = findArticleXml({ journal, articleId, files: files.map(({ packed }) => packed) })
    if ('problem' in found) throw new UnfitPackageFailure(withAdvice([found.problem.message]))
    const stored = files.find(({ packed }) => packed === found.file)?.name ?? found.file
    const bytes = await readObject(s3, { bucket: buckets.expanded, key: `${folder}/${stored}` }, signal)
    const xml = parseArticleXml(bytes)
    const unpacked = { journal, journals, articleId, version, status, files, inFolders, missing, cdnUrl }
    const { remarks, description, json, losses } = assessPackage(unpacked, xml)

    const toReview = remarks.filter(({ severity }) => severity !== 'problem')
    property('findings', bounded(toReview.map(({ what }) => what)))
    if (losses) {
      const report = await storeLossReport(s3, buckets.expanded, folder, losses, signal)
      property('losses', losses.losses.length > 0 ? encodeLosses(lossesForDashboard(losses, report)) : '')
    }
    const problem = problemMessage(remarks)
    if (problem !== '' || !json) throw new UnfitPackageFailure(problem)
    await storeArticle({ s3, buckets, article, signal }, journal, { xml, description, json })
    const review = toReview.length > 0 ? `, with ${count(toReview.length, 'finding')} to review` : ''
    return { output: undefined, message: `The package is fit to publish${review}.` }
  })
}

/** Findings are one text: a package of thousands of files must not make a message that the queue refuses. */
const maxFindings = 500
const maxFindingLength = 1_000

function bounded(findings: readonly string[]): string {
  const left = findings.length - maxFindings
  return findings
    .slice(0, maxFindings)
    .map((text) => (text.length > maxFindingLength ? `${text.slice(0, maxFindingLength)}…` : text))
    .concat(left > 0 ? [`And ${left} more.`] : [])
    .join('\n')
}
