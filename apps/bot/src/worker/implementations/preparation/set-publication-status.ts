import type { Implementation } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { setPublicationStatus } from '../../../activities/preparation.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest } from '../../run/manifest.ts'
import { readObject } from '../../files/objects.ts'
import { ruleOf } from './publication-rules.ts'
import { eifKey } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

const Fields = Type.Record(Type.String(), Type.Unknown())

/** A delivery's own wish comes first, where it may have one; then the rules decide. */
export function implementSetPublicationStatus(tools: Tools): Implementation {
  const { s3, buckets, journals, publicationRules, publicationByDelivery, tellDashboard } = tools
  return implementStep(tellDashboard, setPublicationStatus, async (article, { signal, property }) => {
    const key = eifKey(journalOf(journals, article.journal), article)
    const eif = Value.Parse(Fields, JSON.parse((await readObject(s3, { bucket: buckets.eif, key }, signal)).toString()))
    const manifest = await readManifest(s3, buckets.expanded, article.folder, signal)
    const wished = publicationByDelivery && manifest.automatic
    const { automatic, because } = wished
      ? { automatic: true, because: 'its delivery asks for it' }
      : ruleOf(publicationRules, eif)
    await property('publication-mode', automatic ? 'automatic' : 'held')
    const message = automatic
      ? `It will be published without waiting for a person: ${because}.`
      : `It will wait for a person to publish it: ${because}.`
    return { output: { automatic }, message }
  })
}
