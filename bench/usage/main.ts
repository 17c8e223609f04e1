/**
 * Counts large CloudFront logs with the operator's command, and measures the usage counter's memory, the time, and what readers of the
 * site notice of it:
 *
 *     npm run bench:usage              # 200 articles x 10,000 hits, some 900 MB
 *     npm run bench:usage -- --short   # a tenth, for CI
 *
 * The process is one. Exits 1 where its peak memory after the first file grows by half, though the next is four times as large (in the
 * short form twice); a hit is lost or doubled; or the site's pages take longer than 3 times their time (in the short form, which runs
 * beside other work, 5 times): on two processors, PostgreSQL and the counter use both.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { startJournals, metricsToken } from '../readers/system.ts'
import { writeLog } from './log-file.ts'
import { peakMemory, quarter, timesOfPages } from './measure.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
const scale = values.short ? 0.1 : 1
const articles = 200
const files = [
  // Long enough for the process to have taken the memory that it works with.
  { name: 'first.log', hits: values.short ? 100_000 : 500_000 },
  { name: 'large.log', hits: articles * 10_000 * scale },
  { name: 'large.log.gz', hits: 1_000_000 * scale },
]
const memoryBudget = 1.5
const siteBudget = values.short ? 5 : 3

const folder = mkdtempSync(join(tmpdir(), 'bench-usage-'))
await using stack = new AsyncDisposableStack()
stack.defer(() => rmSync(folder, { recursive: true }))
const system = stack.use(await startJournals([articles], { usage: true }))
const [journal] = system.journals
if (!journal?.metrics) throw new Error('the usage counter did not start')
const { metrics } = journal

const quiet = await timesOfPages(journal.site, articles, AbortSignal.timeout(5_000))
const peaks: number[] = []
let exceeded = false
for (const { name, hits } of files) {
  const path = join(folder, name)
  await writeLog({ path, hits, articles })
  const done = new AbortController()
  const [busy, seconds] = await Promise.all([
    timesOfPages(journal.site, articles, done.signal),
    importLog(path, hits).finally(() => done.abort()),
  ])
  const [peak, ratio] = [peakMemory(metrics.pid), quarter(busy) / quarter(quiet)]
  peaks.push(peak)
  const growth = peak / (peaks[0] ?? peak)
  const isKept = growth <= memoryBudget && ratio <= siteBudget
  exceeded ||= !isKept
  console.log(
    `${name.padEnd(14)} ${megabytes(statSync(path).size).padStart(6)} MB ${hits.toLocaleString('en').padStart(10)} hits in ${seconds.toFixed(0).padStart(4)} s` +
      `  peak memory ${megabytes(peak)} MB, x ${growth.toFixed(2)} <= ${memoryBudget}  pages x ${ratio.toFixed(2)} <= ${siteBudget}${isKept ? '' : '  EXCEEDED'}`,
  )
}
process.exitCode = exceeded ? 1 : 0

/** Counts a file with the operator's command, and returns the seconds it took. @throws where it counted another number */
async function importLog(path: string, hits: number): Promise<number> {
  const began = performance.now()
  const command = fileURLToPath(new URL('../../apps/continuum/src/main.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [command, 'metrics', 'import', path, '--url', metrics.url],
    {
      env: { ...process.env, METRICS_TOKEN: metricsToken },
    },
  )
  const wanted = `${hits.toLocaleString('en')} counted`
  if (!stdout.includes(wanted)) throw new Error(`expected ${wanted}: ${stdout}`)
  return (performance.now() - began) / 1000
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
