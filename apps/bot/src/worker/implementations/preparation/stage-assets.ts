import { contentDisposition, downloadName } from '@continuum/article'
import { count, listOf } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import { stageAssets } from '../../../activities/preparation.ts'
import { inParallel } from '../../step/in-parallel.ts'
import { readManifest } from '../../run/manifest.ts'
import { copyObject } from '../../files/objects.ts'
import { publicFolderOf } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

const maxCopies = 8

/** Copies within S3: no file passes through the worker. */
export function implementStageAssets({ s3, buckets, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, stageAssets, async ({ folder }, { signal, heartbeat }) => {
    const { files: all } = await readManifest(s3, buckets.expanded, folder, signal)
    // A public name has one writer: derivatives are written by the step that makes them.
    const files = all.filter(({ unpublished }) => unpublished !== true)
    const at = (key: string) => ({ bucket: buckets.expanded, key })
    const to = (name: string) => at(`${publicFolderOf(folder)}/${name}`)
    let staged = 0
    await inParallel(files, maxCopies, async ({ name }) => {
      const from = at(`${folder}/${name}`)
      await copyObject(s3, from, to(name), signal)
      const download = downloadName(name)
      if (download !== undefined) await copyObject(s3, from, to(download), signal, contentDisposition(name))
      heartbeat({ staged: ++staged, of: files.length })
    })
    const withheld = all.filter(({ unnamed, unpublished }) => unnamed && unpublished).map(({ name }) => name)
    const rest = withheld.length > 0 ? ` Not for readers, because the XML does not name them: ${listOf(withheld)}.` : ''
    return { output: undefined, message: `Staged ${count(files.length, 'file')} for publication.${rest}` }
  })
}
