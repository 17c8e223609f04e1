import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePackageName, type Journal } from '@continuum/article'
import type { DeliveryData } from '@continuum/messages'
import { openPackage, readArticleFiles, unpackFile, type PackedFile, type ZipFile } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import { compareDelivery } from '../../../activities/arrival.ts'
import { download } from '../../files/objects.ts'
import { lastDelivery, type LastDelivery } from '../../run/last-delivery.ts'
import { implementStep, type StepTools } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/**
 * Compares a delivery with the run before it. An uploader whose PUT timed out puts the same package again: its files are no
 * new version. A package named with a version and a person's rerun always run; so does one whose earlier run has failed or was
 * dismissed, for that is forgotten.
 */
export function implementCompareDelivery(tools: Tools): Implementation {
  return implementStep(tools.tellDashboard, compareDelivery, async ({ articleId, delivery }, step) => {
    const last = mayRepeat(delivery, tools.journals) ? await lastDelivery(tools, articleId, step.signal) : undefined
    if (!last || !(await hasSameFiles(tools, { articleId, delivery }, last, step)))
      return {
        output: {},
        message: last ? 'Its files are not those of the run before it.' : 'Nothing to compare it with.',
      }
    const { version, run } = last
    return {
      output: { sameAs: { version, run } },
      message: `These are the files of version ${version} again, byte for byte: no new version is made. To run it all the same, dismiss that run or press “Run again” on it, and deliver the package again.`,
      status: 'repeated',
    }
  })
}

function mayRepeat({ file_name, rerun }: DeliveryData, journals: readonly Journal[]): boolean {
  return rerun !== true && parsePackageName(file_name, journals).version === undefined
}

async function hasSameFiles(
  tools: Tools,
  { articleId, delivery }: { readonly articleId: string; readonly delivery: DeliveryData },
  last: LastDelivery,
  step: StepTools,
): Promise<boolean> {
  const { status, journal } = parsePackageName(delivery.file_name, tools.journals)
  if (status !== undefined && status !== last.status) return false
  await using scratch = await tools.scratch.folder()
  const path = join(scratch.path, 'package.zip')
  await download(tools.s3, { bucket: delivery.bucket_name, key: delivery.file_name }, path, step.signal)
  try {
    const { zip, bytes } = await openPackage(path)
    try {
      const { signal } = step
      const { files } = await readArticleFiles(zip, bytes, { journal, articleId, scratch: scratch.path, signal })
      return await areSame(zip, files, last, join(scratch.path, 'file'), step)
    } finally {
      zip.close()
    }
  } catch (error) {
    // A package that cannot be read is no repetition; the next step says what is wrong with it.
    if (error instanceof Error && 'retry' in error && error.retry === false) return false
    throw error
  }
}

/** Compares names and sizes first, which needs nothing unpacked. */
async function areSame(
  zip: ZipFile,
  files: readonly PackedFile[],
  last: LastDelivery,
  path: string,
  { signal, heartbeat }: StepTools,
): Promise<boolean> {
  const before = new Map(last.files.map((file) => [file.packed, file]))
  if (files.length !== before.size || files.some(({ name, size }) => before.get(name)?.bytes !== size)) return false
  let compared = 0
  for (const file of files) {
    const sha256 = await unpackFile(zip, file, path, signal)
    await rm(path)
    if (sha256 !== before.get(file.name)?.sha256) return false
    heartbeat({ compared: ++compared, of: files.length })
  }
  return true
}
