import { cdnKey } from '@continuum/article'
import { count } from '@continuum/package'
import { PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { publishAssets } from '../../../activities/publication.ts'
import { isOfVersion } from './cdn-version.ts'
import { inParallel } from '../../step/in-parallel.ts'
import { copyObject, listKeys, removeObject } from '../../files/objects.ts'
import { publicFolderOf } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Thrown when a run has no files for readers; nothing is removed from the CDN then either. */
export class NothingToPublishFailure extends PermanentFailure {}

const maxCopies = 16

/** Copies the new files first, and then removes those that this version no longer has, so that no file is ever missing. */
export function implementPublishAssets({ s3, buckets, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, publishAssets, async ({ articleId, version, folder }, { signal, heartbeat }) => {
    const prefix = `${publicFolderOf(folder)}/`
    const names = (await listKeys(s3, buckets.expanded, prefix, signal)).map((key) => key.slice(prefix.length))
    if (names.length === 0)
      throw new NothingToPublishFailure('The run has no files. Put the package in the bucket again.')
    const onCdn = (name: string) => ({ bucket: buckets.cdn, key: cdnKey(articleId, name) })
    let published = 0
    await inParallel(names, maxCopies, async (name) => {
      await copyObject(s3, { bucket: buckets.expanded, key: prefix + name }, onCdn(name), signal)
      heartbeat({ published: ++published, of: names.length })
    })
    const there = (await listKeys(s3, buckets.cdn, cdnKey(articleId, ''), signal)).map((key) =>
      key.slice(cdnKey(articleId, '').length),
    )
    const wanted = new Set(names)
    const obsolete = there.filter((name) => isOfVersion(name, version) && !wanted.has(name))
    await inParallel(obsolete, maxCopies, async (name) => removeObject(s3, onCdn(name), signal))
    const removed = obsolete.length > 0 ? `, removed ${count(obsolete.length, 'obsolete file')}` : ''
    return { output: undefined, message: `Published ${count(names.length, 'file')}${removed}.` }
  })
}
