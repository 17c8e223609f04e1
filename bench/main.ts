/**
 * `npm run bench [-- --short]`: the figures of the whole. Each is a ratio to a base that is measured in the same run, since seconds
 * say more about the machine than about the code.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createBudgets } from './constant/budgets.ts'
import { startEnvironment } from './many/environment.ts'
import { compareWarm } from './warm-article.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const rounds = process.argv.includes('--short') ? 2 : 5
const budget = 1.25
const { keep } = createBudgets()

const item = join(root, '..', 'shared', 'articles', 'elife-04970-vor-r1.zip')
if (existsSync(item)) {
  await articleRatio(item)
  await warmRatio(item)
} else console.log('one article: skipped, ../shared/articles is absent')

/** One article, from its arrival in the bucket to "ready to publish", against the bare work; alternating, so that both meet the same machine. */
async function articleRatio(file: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'continuum-bench-'))
  const bare: number[] = []
  const whole: number[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      const work = execFileSync(process.execPath, [join(root, 'bench/bare-work.ts'), file], { encoding: 'utf8' })
      bare.push(Number(work.split(' ')[0]))
      whole.push(await readyAfter(file, data))
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
  const ratio = median(whole) / median(bare)
  console.log(
    `one article (04970, 22 figures): bare work ${median(bare).toFixed(2)} s, arrival to ready ${median(whole).toFixed(2)} s, ratio ${ratio.toFixed(2)} (budget ${budget}; ${rounds} rounds, medians)`,
  )
}

/** The same in an environment that runs already, with the processor time of all its processes. */
async function warmRatio(file: string): Promise<void> {
  await using environment = await startEnvironment()
  const { bare, whole, parts } = await compareWarm(environment, file, rounds)
  const [seconds, cpu] = [whole.seconds / bare.seconds, whole.cpu / bare.cpu]
  console.log(
    `the same in a running environment: bare work ${bare.seconds.toFixed(2)} s, put to ready ${whole.seconds.toFixed(2)} s, ratio ${seconds.toFixed(2)} ${keep(seconds, { max: budget, strict: false })}`,
  )
  console.log(
    `its processor time, all processes: bare work ${bare.cpu.toFixed(2)} s, environment ${whole.cpu.toFixed(2)} s, ratio ${cpu.toFixed(2)} ${keep(cpu, { max: 1.2, strict: false })}`,
  )
  const most = [...parts].filter(([, used]) => used >= 0.01).toSorted(([, a], [, b]) => b - a)
  console.log(`  ${most.map(([name, used]) => `${name} ${used.toFixed(2)}`).join(', ')}`)
}

/** Seconds from the delivery to "ready to publish", as `npm start` tells them. */
async function readyAfter(file: string, data: string): Promise<number> {
  // Delivered again to the same environment, the same files would make no new version.
  const start = ['start', '--fresh', '--data', data, file]
  const child = spawn(process.execPath, [join(root, 'apps/continuum/src/main.ts'), ...start], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const seconds = /\+([\d.]+) s .*READY TO PUBLISH/.exec(line)?.[1]
      if (seconds !== undefined) return Number(seconds)
      if (line.includes('FAILED')) throw new Error(line)
    }
    throw new Error('It ended before the article was ready')
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
}
