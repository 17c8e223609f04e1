import type { Implementation } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { postEif } from '../../../activities/preparation.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readObject } from '../../files/objects.ts'
import { eifKey } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'
import { unlessBusy } from '../../step/unless-busy.ts'

const Fields = Type.Record(Type.String(), Type.Unknown())

export function implementPostEif({ s3, buckets, journals, site, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, postEif, async ({ busyBefore, ...article }, { signal, property }) => {
    const key = eifKey(journalOf(journals, article.journal), article)
    const eif = Value.Parse(Fields, JSON.parse((await readObject(s3, { bucket: buckets.eif, key }, signal)).toString()))
    return unlessBusy(busyBefore, async () => {
      const path = await site.post({ ...eif, publish: false }, article.run, signal)
      await property('path', path)
      return { output: undefined, message: `The site has version ${article.version}, for preview only, at ${path}.` }
    })
  })
}
