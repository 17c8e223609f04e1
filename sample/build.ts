/**
 * Builds the sample package `continuum-00001-vor-r1.zip` from `source/`: draws the figures, computes the supplement, and packs
 * them with the XML and the PDF. The zip is committed, so that `npm start` needs neither fonts nor time to draw.
 *
 *     node sample/build.ts
 *
 * The PDF is the article's own page, printed: `node sample/print.ts http://127.0.0.1:4601/articles/00001v1` makes it anew.
 */
import { createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import sharp from 'sharp'
import yazl from 'yazl'
import { pathOfThePackage, timesOfTheAttempts, widthsOfTheImages } from './figures.ts'

const here = (name: string) => new URL(name, import.meta.url)

const widths = [300, 480, 511, 542, 600, 742, 972, 1022, 1084, 1484]
const images = [
  { name: '80w.gif', width: 80 },
  ...widths.map((width) => ({ name: `${width}w.jpg`, width })),
  { name: 'original, .jpg', width: 1800 },
  { name: 'download', width: 1800 },
]

/** Equation 1 of the article: when each of five attempts begins, in seconds. */
function attempts(factor: number): number[] {
  const times = [0]
  for (let n = 1; n < 5; n++) times.push((times.at(-1) ?? 0) + Math.min(120, 10 * factor ** (n - 1)))
  return times
}
const rows = [1, 2, 3].map((factor) => ({ factor, times: attempts(factor) }))

const tiff = (svg: string) =>
  sharp(Buffer.from(svg))
    .removeAlpha()
    .withMetadata({ density: 300 })
    .tiff({ compression: 'lzw', predictor: 'horizontal' })
    .toBuffer()
const table = rows.flatMap(({ factor, times }) =>
  times.map((time, index) => [factor, index + 1, index === 0 ? 0 : time - (times[index - 1] ?? 0), time].join(',')),
)
const supplement = Buffer.from(
  `factor,attempt,delay before it (s),time since the first attempt (s)\n${table.join('\n')}\n`,
)
await writeFile(here('source/continuum-00001-supp1.csv'), supplement)

const zip = new yazl.ZipFile()
const entries: [string, Buffer][] = [
  ['continuum-00001.xml', await readFile(here('source/continuum-00001.xml'))],
  ['continuum-00001.pdf', await readFile(here('source/continuum-00001.pdf'))],
  ['continuum-00001-fig1.tif', await tiff(pathOfThePackage())],
  ['continuum-00001-fig2.tif', await tiff(widthsOfTheImages(images))],
  ['continuum-00001-fig3.tif', await tiff(timesOfTheAttempts(rows))],
  ['continuum-00001-supp1.csv', supplement],
]
for (const [name, bytes] of entries) zip.addBuffer(bytes, name, { mtime: new Date('2026-11-02T00:00:00Z') })
zip.end()
await pipeline(zip.outputStream, createWriteStream(here('continuum-00001-vor-r1.zip')))
