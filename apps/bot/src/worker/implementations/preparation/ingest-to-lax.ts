import type { Implementation } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { ingestToLax } from '../../../activities/preparation.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readJson } from '../../files/objects.ts'
import { articleJsonKey } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** The part of the article JSON's file that lax stores. */
const Stored = Type.Object({ article: Type.Unknown() })

/** Stores the article JSON in lax, without publishing it. */
export function implementIngestToLax({ s3, buckets, journals, lax, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, ingestToLax, async (article, { signal }) => {
    const key = articleJsonKey(journalOf(journals, article.journal), article)
    const stored = await readJson(s3, { bucket: buckets.eif, key }, Stored, signal)
    await lax.ingest(article, { article: stored.article, resupplied: article.resupplied }, signal)
    return { output: undefined, message: `Version ${article.version} is in lax, not yet public.` }
  })
}
