import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import {
  classifyFile,
  contentDisposition,
  imageDerivatives,
  isConvertible,
  type Derivative,
  type Size,
} from '@continuum/article'
import { count, deriveImages, listOf, NotAnImageError, UnfitPackageFailure, withAdvice } from '@continuum/package'
import type { Implementation } from '@continuum/workflow-core'
import pLimit from 'p-limit'
import type { ArticleRun } from '../../../activities/article-run.ts'
import { resizeImages } from '../../../activities/preparation.ts'
import { inParallel } from '../../step/in-parallel.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest, type ManifestFile } from '../../run/manifest.ts'
import { copyObject, download, putBytes } from '../../files/objects.ts'
import { publicFolderOf } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** One more than there are processors, so that one figure is fetched or stored while the others are resized. */
const maxFigures = availableParallelism() + 1

/** Limits the figures of all articles together, and with them the memory of the process. */
const limit = pLimit(maxFigures)

interface Original {
  readonly name: string
  readonly kind: 'figure' | 'inline'
  readonly size: Size
}

/** Makes the derivatives of all figures; those that cannot be decoded fail the step in one list. */
export function implementResizeImages(tools: Tools): Implementation {
  const { s3, buckets, journals, tellDashboard } = tools
  return implementStep(tellDashboard, resizeImages, async (article, { signal, heartbeat, progressOf }) => {
    const { files } = await readManifest(s3, buckets.expanded, article.folder, signal)
    const journal = journalOf(journals, article.journal)
    const originals = files
      .filter(({ derive }) => derive !== false)
      .flatMap(({ name, image, kind = classifyFile(name, journal, article.articleId) }) =>
        originalOf(name, image, kind),
      )
    const broken: string[] = []
    let resized = 0
    let made = 0
    const progress = progressOf('images')
    await inParallel(originals, maxFigures, async (original) => {
      try {
        const images = await limit(() => resize(tools, article, original, signal))
        made += images
      } catch (error) {
        if (!(error instanceof NotAnImageError)) throw error
        broken.push(`${original.name} (${error.message})`)
      }
      heartbeat({ resized: ++resized, of: originals.length })
      progress(resized, originals.length)
    })
    if (broken.length > 0) {
      const list = `${count(broken.length, 'figure')} cannot be decoded: ${listOf(broken.toSorted())}.`
      throw new UnfitPackageFailure(withAdvice([list]))
    }
    const message =
      made === 0
        ? 'There are no figures to resize.'
        : `Made ${count(made, 'image')} from ${count(originals.length, 'figure')}.`
    return { output: undefined, message }
  })
}

function originalOf(name: string, size: ManifestFile['image'], kind: ReturnType<typeof classifyFile>): Original[] {
  return size && isConvertible(name, kind) ? [{ name, kind, size }] : []
}

/** Downloads a figure to this worker's disk and stores its derivatives in S3; returns how many. */
async function resize(
  tools: Tools,
  { folder }: ArticleRun,
  { name, kind, size }: Original,
  signal: AbortSignal,
): Promise<number> {
  const { s3, buckets } = tools
  const bucket = buckets.expanded
  await using scratch = await tools.scratch.folder()
  const path = join(scratch.path, name)
  await download(s3, { bucket, key: `${folder}/${name}` }, path, signal)
  const plan = imageDerivatives(name, kind, size)
  const at = (file: string) => ({ bucket, key: `${publicFolderOf(folder)}/${file}` })
  const store = async (derivative: Derivative, bytes: Buffer) => {
    await putBytes(s3, at(derivative.name), bytes, signal)
    for (const copy of plan.filter(({ copyOf }) => copyOf === derivative.name)) {
      await copyObject(s3, at(derivative.name), at(copy.name), signal, contentDisposition(derivative.name))
    }
  }
  // One derivative is stored while the next is made, so at most two of a figure are in memory.
  let stored = Promise.resolve()
  try {
    for await (const { derivative, bytes } of deriveImages(path, size, plan)) {
      signal.throwIfAborted()
      await stored
      stored = store(derivative, bytes)
      stored.catch(() => {})
    }
  } finally {
    await Promise.allSettled([stored])
  }
  await stored
  return plan.length
}
