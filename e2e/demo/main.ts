/**
 * `npm run demo`: starts a local system beside any other data, and fills it with forty made-up articles in every state, for
 * screenshots, trials and tests. It stays up until Ctrl-C; `--exit` stops it when it is filled.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { demoArticles, type DemoArticle, type Fate } from './articles.ts'
import { demoPackage } from './package.ts'

const { values } = parseArgs({
  options: { data: { type: 'string', default: '.continuum-demo' }, exit: { type: 'boolean', default: false } },
})
const program = fileURLToPath(new URL('../../apps/continuum/src/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'continuum-demo-'))

/** Runs a command on the demo; what it prints, whatever its exit code. */
async function continuum(...args: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [program, ...args, '--data', values.data], { maxBuffer: 1e8 })
  const { stdout } = await run.catch((error: { stdout: string; stderr: string }) => error)
  return stdout
}

async function deliver(articles: readonly DemoArticle[], revision = 1, ...flags: string[]): Promise<void> {
  if (articles.length === 0) return
  const files: string[] = []
  for (const article of articles) {
    const { name, bytes } = await demoPackage(article, revision)
    files.push(join(folder, name))
    writeFileSync(join(folder, name), bytes)
  }
  const told = await continuum('deliver', ...flags, ...files)
  console.log(told.split('\n').find((line) => /^\d+ packages?: /.test(line)) ?? told)
}

/** Brings each article to its state. Every step goes through the same doors as a person's. */
async function fill(): Promise<void> {
  const articles = demoArticles()
  const of = (...fates: Fate[]) => articles.filter(({ fate }) => fates.includes(fate))
  const ids = (some: readonly DemoArticle[]) => some.map(({ id }) => `continuum-${id}`)
  const publics = of('published', 'corrected', 'withdrawn')
  await deliver(publics, 1, '--automatic')
  await deliver(articles.filter((article) => !publics.includes(article)))
  await deliver(of('corrected'), 2)
  const tomorrow = Temporal.Now.instant().add({ hours: 24 })
  for (const [at, id] of ids(of('scheduled')).entries()) {
    await continuum(
      'schedule',
      id,
      '--at',
      tomorrow.add({ hours: 30 * at }).toString(),
      '--why',
      'the press office asks',
    )
  }
  for (const id of ids(of('hidden'))) await continuum('set-property', id, '1', 'publication-status', 'hidden')
  for (const id of ids(of('withdrawn'))) {
    await continuum(
      'withdraw',
      id,
      '--by',
      'the editors',
      '--reason',
      'The data were invented, as all data of this demo.',
    )
  }
}

/** Counts what the command line tells of the articles that are not public, by what they are doing. */
async function states(): Promise<Record<string, number>> {
  const { articles }: { articles: readonly { doing: string }[] } = JSON.parse(await continuum('status', '--json'))
  const counts = Map.groupBy(articles, ({ doing }) => doing)
  return Object.fromEntries(Array.from(counts, ([doing, some]) => [doing, some.length]))
}

const child = spawn(process.execPath, [program, 'start', '--fresh', '--data', values.data], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
let filling: Promise<void> | undefined
for await (const line of createInterface({ input: child.stdout })) {
  console.log(line)
  if (!line.includes('Ctrl-C stops') || filling) continue
  filling = fill().then(
    async () => {
      console.log(`The demo is filled. Not public are: ${JSON.stringify(await states())}`)
      if (values.exit) child.kill('SIGTERM')
    },
    (error: unknown) => {
      console.error(error)
      child.kill('SIGTERM')
    },
  )
}
const code = await ended
rmSync(folder, { recursive: true, force: true })
process.exitCode = code
