/**
 * Builds the sample packages from `source/`: draws the figures, computes the supplements, and packs them with the XML. The zips
 * are committed, so that nobody needs fonts or time to draw.
 *
 *     node sample/build.ts
 *
 * The sampler's PDF is the article's own page, printed: `node sample/print.ts http://127.0.0.1:4601/articles/continuum-00001v1`
 * makes it anew.
 */
import { writeFile } from 'node:fs/promises'
import { pathOfThePackage, timesOfTheAttempts, widthsOfTheImages } from './continuum-figures.ts'
import { tiff } from './drawing.ts'
import { households, lorenzCurves, netIncomes, taxesByGroup } from './ijm-figures.ts'
import { equationImage, idOfAnArticle, lengthsOfNames, names } from './meridian-figures.ts'
import { pack, source } from './pack.ts'

const widths = [300, 480, 511, 542, 600, 742, 972, 1022, 1084, 1484]
const images = [
  { name: '80w.gif', width: 80 },
  ...widths.map((width) => ({ name: `${width}w.jpg`, width })),
  { name: 'original, .jpg', width: 1800 },
  { name: 'download', width: 1800 },
]

/** Equation 1 of the sampler's article: when each of five attempts begins, in seconds. */
function attempts(factor: number): number[] {
  const times = [0]
  for (let n = 1; n < 5; n++) times.push((times.at(-1) ?? 0) + Math.min(120, 10 * factor ** (n - 1)))
  return times
}
const rows = [1, 2, 3].map((factor) => ({ factor, times: attempts(factor) }))
const table = rows.flatMap(({ factor, times }) =>
  times.map((time, index) => [factor, index + 1, index === 0 ? 0 : time - (times[index - 1] ?? 0), time].join(',')),
)
const supplement = Buffer.from(
  `factor,attempt,delay before it (s),time since the first attempt (s)\n${table.join('\n')}\n`,
)
await writeFile(new URL('source/continuum-00001-supp1.csv', import.meta.url), supplement)
await pack('continuum-00001-vor-r1.zip', {
  'continuum-00001.xml': await source('continuum-00001.xml'),
  'continuum-00001.pdf': await source('continuum-00001.pdf'),
  'continuum-00001-fig1.tif': await tiff(pathOfThePackage()),
  'continuum-00001-fig2.tif': await tiff(widthsOfTheImages(images)),
  'continuum-00001-fig3.tif': await tiff(timesOfTheAttempts(rows)),
  'continuum-00001-supp1.csv': supplement,
})

await pack('ijm-00202-vor-r1.zip', {
  'ijm-00202.xml': await source('ijm-00202.xml'),
  'ijm-00202-fig1.tif': await tiff(lorenzCurves()),
  'ijm-00202-fig2.tif': await tiff(taxesByGroup()),
  'ijm-00202-data1.csv': Buffer.from(
    `household,income before tax,income after tax\n${households
      .map((income, index) => `${index + 1},${income.toFixed(0)},${(netIncomes[index] ?? 0).toFixed(0)}`)
      .join('\n')}\n`,
  ),
})

await pack('journal.mrdn.0012345.zip', {
  'journal.mrdn.0012345.xml': await source('journal.mrdn.0012345.xml'),
  'journal.mrdn.0012345.g001.tif': await tiff(lengthsOfNames()),
  'journal.mrdn.0012345.g002.svg': Buffer.from(idOfAnArticle()),
  'journal.mrdn.0012345.e001.tif': await tiff(equationImage()),
  'journal.mrdn.0012345.s001.csv': Buffer.from(
    `name,characters,hyphens and dots\n${names
      .map(({ name }) => `${name},${name.length},${name.replaceAll(/[^.-]/g, '').length}`)
      .join('\n')}\n`,
  ),
})
