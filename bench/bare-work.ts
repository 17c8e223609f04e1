/**
 * The bare work of one article in one script, without any pipeline: unzip a package, make every derivative of its figures, copy
 * the files to where they will be read. Prints the seconds that it took, and its seconds of processor time. What the pipeline adds is measured against this.
 *
 *     node bench/bare-work.ts PACKAGE.zip
 */
import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { classifyFile, imageDerivatives, isConvertible, parsePackageName, versionedFileName } from '@continuum/article'
import sharp from 'sharp'
import yauzl from 'yauzl'
import { elife } from './elife.ts'

sharp.cache(false)
sharp.concurrency(1)

const [file] = process.argv.slice(2)
if (!file) throw new Error('Say which package: node bench/bare-work.ts PACKAGE.zip')
const { articleId } = parsePackageName(file.split('/').at(-1) ?? '', [elife])

const folder = await mkdtemp(join(tmpdir(), 'bare-work-'))
const began = performance.now()
const cpu = process.cpuUsage()
try {
  await mkdir(join(folder, 'expanded'))
  await mkdir(join(folder, 'cdn'))
  await unzip(file, join(folder, 'expanded'))
  const names = await readdir(join(folder, 'expanded'))
  const images = names.filter((name) => kindOf(name) !== undefined)
  const next = images.values()
  const convertAll = async () => {
    for (const name of next) await convert(name)
  }
  await Promise.all([convertAll(), convertAll()])
  for (const name of names) {
    await copyFile(join(folder, 'expanded', name), join(folder, 'cdn', name))
    if (!name.endsWith('.tif')) await copyFile(join(folder, 'expanded', name), join(folder, 'cdn', `download-${name}`))
  }
  const { user, system } = process.cpuUsage(cpu)
  console.log(((performance.now() - began) / 1000).toFixed(3), ((user + system) / 1e6).toFixed(3))
} finally {
  await rm(folder, { recursive: true })
}

function kindOf(name: string): 'figure' | 'inline' | undefined {
  const kind = classifyFile(name, elife, articleId)
  return isConvertible(name, kind) ? kind : undefined
}

async function unzip(path: string, into: string): Promise<void> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, { lazyEntries: true })
  const open = promisify<yauzl.Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))
  const ended = Promise.withResolvers<void>()
  zip.on('entry', (entry: yauzl.Entry) => {
    open(entry)
      .then((stream) => pipeline(stream, createWriteStream(join(into, versionedFileName(entry.fileName, 1)))))
      .then(() => zip.readEntry(), ended.reject)
  })
  zip.on('end', ended.resolve)
  zip.readEntry()
  await ended.promise
}

async function convert(name: string): Promise<void> {
  const kind = kindOf(name)
  if (!kind) return
  const decoded = sharp(join(folder, 'expanded', name))
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
  const { data, info } = await decoded.raw().toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  for (const { name: derivative, width, height, format, copyOf } of imageDerivatives(name, kind, info)) {
    const to = join(folder, 'cdn', derivative)
    if (copyOf) {
      await copyFile(join(folder, 'cdn', copyOf), to)
      continue
    }
    const resized = sharp(data, { raw }).resize(width, height, { fit: 'fill' })
    // Encoded as the pipeline encodes, so that what is compared is the way and not the encoder.
    const encoded =
      format === 'gif'
        ? resized.gif({ effort: 1 })
        : resized.withDensity(96).jpeg({ quality: 85, optimiseCoding: false })
    await writeFile(to, await encoded.toBuffer())
  }
}
