import type { Implementation } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { postToSite } from '../activities/post-to-site.ts'
import { journalOf } from '../run/journal-of.ts'
import { readObject } from '../files/objects.ts'
import { eifKey } from '../run/places.ts'
import { implementStep } from './implement-step.ts'
import type { Tools } from './tools.ts'
import { unlessBusy } from './unless-busy.ts'

const Fields = Type.Record(Type.String(), Type.Unknown())

export function implementPostToSite({ s3, buckets, journals, site, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, postToSite, async ({ busyBefore, ...article }, { signal, property }) => {
    const key = eifKey(journalOf(journals, article.journal), article)
    const eif = Value.Parse(Fields, JSON.parse((await readObject(s3, { bucket: buckets.eif, key }, signal)).toString()))
    return unlessBusy(busyBefore, async () => {
      const path = await site.post({ ...eif, publish: false }, article.run, signal)
      await property('path', path)
      return { output: undefined, message: `The site has version ${article.version}, for preview only, at ${path}.` }
    })
  })
}
