import { contentDisposition, downloadName } from '@continuum/article'
import type { Implementation } from '@continuum/workflow-core'
import { depositAssets } from '../activities/deposit-assets.ts'
import { inParallel } from '../in-parallel.ts'
import { readManifest } from '../run/manifest.ts'
import { copyObject } from '../files/objects.ts'
import { count } from '../words.ts'
import { publicFolderOf } from '../run/places.ts'
import { implementStep } from './implement-step.ts'
import type { Tools } from './tools.ts'

const copiesAtOnce = 8

/** S3 copies within itself: no file passes through the worker. */
export function implementDepositAssets({ s3, buckets, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, depositAssets, async ({ folder }, { signal, heartbeat }) => {
    const { files } = await readManifest(s3, buckets.expanded, folder, signal)
    const at = (key: string) => ({ bucket: buckets.expanded, key })
    const to = (name: string) => at(`${publicFolderOf(folder)}/${name}`)
    let deposited = 0
    await inParallel(files, copiesAtOnce, async ({ name }) => {
      const from = at(`${folder}/${name}`)
      await copyObject(s3, from, to(name), signal)
      const download = downloadName(name)
      if (download !== undefined) await copyObject(s3, from, to(download), signal, contentDisposition(name))
      heartbeat({ deposited: ++deposited, of: files.length })
    })
    return { output: undefined, message: `Laid out ${count(files.length, 'file')} for readers.` }
  })
}
