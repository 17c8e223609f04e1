import type { Implementation } from '@continuum/workflow-core'
import { postEif } from '../../../activities/preparation.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readJson } from '../../files/objects.ts'
import { Eif, eifKey } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'
import { unlessBusy } from '../../step/unless-busy.ts'

/** Posts the EIF unpublished; the site answers with the path of the preview. */
export function implementPostEif({ s3, buckets, journals, site, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, postEif, async ({ busyBefore, ...article }, { signal, property }) => {
    const key = eifKey(journalOf(journals, article.journal), article)
    const eif = await readJson(s3, { bucket: buckets.eif, key }, Eif, signal)
    return unlessBusy(busyBefore, async () => {
      const path = await site.post({ ...eif, publish: false }, article.run, signal)
      property('path', path)
      return { output: undefined, message: `The site has a preview of version ${article.version} at ${path}.` }
    })
  })
}
