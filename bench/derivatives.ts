/**
 * Measures the processor time of the derivatives of an article's figures (04970 has 22) against a command for each derivative, of
 * vipsthumbnail and of ImageMagick:
 *
 *     npm run bench:derivatives              # every figure
 *     npm run bench:derivatives -- --short   # four figures, for CI
 *
 * Each figure is made by all of them in turn, so that they meet the same machine. A program that is not installed is left out, and
 * said so. Exits 1 where a budget is exceeded.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { classifyFile, imageDerivatives, isConvertible, type Derivative } from '@continuum/article'
import { deriveImages, imageSize, openPackage, readArticleFiles, unpackFile } from '@continuum/package'
import sharp from 'sharp'
import { createBudgets } from './constant/budgets.ts'
import { elife } from './elife.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const articleId = '04970'
const file = fileURLToPath(new URL(`../../shared/articles/elife-${articleId}-vor-r1.zip`, import.meta.url))
const { keep, exceeded } = createBudgets()
// As the worker has it.
sharp.cache(false)
sharp.concurrency(1)

/** A program that makes one derivative in one command. */
interface Program {
  readonly name: string
  readonly command: string
  readonly argumentsFor: (from: string, to: string, derivative: Derivative) => string[]
  /** Its processor time, as a multiple of ours. */
  readonly min: number
}

const programs: readonly Program[] = [
  {
    name: 'vipsthumbnail',
    command: 'vipsthumbnail',
    argumentsFor: (from, to, { width, height, format }) => [
      from,
      '--size',
      `${width}x${height}!`,
      '-o',
      format === 'gif' ? `${to}[effort=1]` : `${to}[Q=85,background=255]`,
    ],
    min: 1.49,
  },
  {
    name: 'ImageMagick',
    command: 'convert',
    argumentsFor: (from, to, { width, height }) => [
      `${from}[0]`,
      '-background',
      'white',
      '-flatten',
      '-resize',
      `${width}x${height}!`,
      '-quality',
      '85',
      to,
    ],
    min: 8,
  },
]

if (existsSync(file)) await compare()
else console.log('derivatives: skipped, ../shared/articles is absent')
process.exitCode = exceeded() > 0 ? 1 : 0

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-derivatives-'))
  try {
    const figures = (await unpackFigures(folder)).slice(0, values.short ? 4 : undefined)
    const installed = programs.filter(({ command }) => spawnSync(command, ['--version']).error === undefined)
    for (const { name } of programs.filter((each) => !installed.includes(each)))
      console.log(`derivatives against ${name}: skipped, it is not installed`)
    const used = new Map<string, number>()
    let made = 0
    for (const figure of figures) {
      const plan = await planOf(figure)
      made += plan.length
      const makers = [
        { name: 'ours', make: () => makeOurs(figure.path, plan) },
        ...installed.map((program) => ({ name: program.name, make: async () => makeBy(program, figure.path, plan) })),
      ]
      for (const { name, make } of makers) {
        const before = processorSeconds()
        await make()
        used.set(name, (used.get(name) ?? 0) + processorSeconds() - before)
      }
    }
    const ours = used.get('ours') ?? Number.NaN
    for (const { name, min } of installed) {
      const theirs = used.get(name) ?? Number.NaN
      const ratio = theirs / ours
      console.log(
        `derivatives against ${name}: ${figures.length} figures, ${made} images, ${ours.toFixed(2)} s of processor time, ${name} ${theirs.toFixed(2)} s, ratio ${ratio.toFixed(2)} ${keep(ratio, { min })}`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Figure {
  readonly name: string
  readonly path: string
  readonly kind: 'figure' | 'inline'
}

async function unpackFigures(folder: string): Promise<Figure[]> {
  const { signal } = new AbortController()
  const { zip, bytes } = await openPackage(file)
  try {
    const { files } = await readArticleFiles(zip, bytes, { journal: elife, articleId, scratch: folder, signal })
    const figures: Figure[] = []
    for (const packed of files) {
      const { name } = packed
      const kind = classifyFile(name, elife, articleId)
      if (!isConvertible(name, kind)) continue
      const path = join(folder, name)
      await unpackFile(zip, packed, path, signal)
      figures.push({ name, path, kind })
    }
    return figures
  } finally {
    zip.close()
  }
}

/** The derivatives that are encoded: copies are nobody's work. */
async function planOf({ name, path, kind }: Figure): Promise<Derivative[]> {
  return imageDerivatives(name, kind, await imageSize(path)).filter(({ copyOf }) => copyOf === undefined)
}

async function makeOurs(path: string, plan: readonly Derivative[]): Promise<void> {
  for await (const { derivative, bytes } of deriveImages(path, await imageSize(path), plan))
    await writeFile(`${path}-ours-${derivative.name}`, bytes)
}

function makeBy({ name, command, argumentsFor }: Program, path: string, plan: readonly Derivative[]): void {
  for (const derivative of plan) {
    const to = `${path}-${name}-${derivative.name}`
    const { status, stderr } = spawnSync(command, argumentsFor(path, to, derivative), { encoding: 'utf8' })
    if (status !== 0 || !existsSync(to)) throw new Error(`${name} did not make ${to}: ${stderr}`)
  }
}

/** Of this process and the commands that it has waited for: the ticks of /proc are hundredths of a second. */
function processorSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100
}
