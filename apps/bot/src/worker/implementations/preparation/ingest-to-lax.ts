import type { Implementation } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ingestToLax } from '../../../activities/preparation.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readObject } from '../../files/objects.ts'
import { articleJsonKey } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** What the article JSON's file has of interest here: the article itself. */
const Stored = Type.Object({ article: Type.Unknown() })

export function implementIngestToLax({ s3, buckets, journals, lax, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, ingestToLax, async (article, { signal }) => {
    const key = articleJsonKey(journalOf(journals, article.journal), article)
    const text = (await readObject(s3, { bucket: buckets.eif, key }, signal)).toString()
    const stored = Value.Parse(Stored, JSON.parse(text))
    await lax.ingest(article, { article: stored.article, resupplied: article.resupplied }, signal)
    return { output: undefined, message: `lax has version ${article.version}; it is not public yet.` }
  })
}
