import { listOf } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import { setPublicationStatus } from '../../../activities/preparation.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest } from '../../run/manifest.ts'
import { readJson } from '../../files/objects.ts'
import { ruleOf } from './publication-rules.ts'
import { Eif, eifKey } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/**
 * Decides how a run is published. An imported article, which was published before, and where the settings allow it a delivery that requests its
 * own publication come first; then the rules decide.
 */
export function implementSetPublicationStatus(tools: Tools): Implementation {
  const { s3, buckets, journals, publicationRules, publicationByDelivery, tellDashboard } = tools
  return implementStep(tellDashboard, setPublicationStatus, async (article, { signal, property }) => {
    const key = eifKey(journalOf(journals, article.journal), article)
    const eif = await readJson(s3, { bucket: buckets.eif, key }, Eif, signal)
    const manifest = await readManifest(s3, buckets.expanded, article.folder, signal)
    const requested = publicationByDelivery && manifest.automatic
    const rule = manifest.article.imported
      ? { automatic: true, because: 'it was published elsewhere before' }
      : requested
        ? { automatic: true, because: 'its delivery requests it' }
        : ruleOf(publicationRules, eif)
    const unnamed = manifest.files.filter((file) => file.unnamed && !file.unpublished).map(({ name }) => name)
    const { automatic, because } =
      rule.automatic && unnamed.length > 0
        ? { automatic: false, because: `the XML does not name ${listOf(unnamed)}, so a person has to see it` }
        : rule
    property('publication-mode', automatic ? 'automatic' : 'held')
    const message = automatic
      ? `To be published automatically: ${because}.`
      : `To be published by an editor: ${because}.`
    return { output: { automatic }, message }
  })
}
