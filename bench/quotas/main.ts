/**
 * `npm run bench:quotas [-- A.zip B.zip]`: counts the calls of AWS that the processes make for an article, from its delivery to its
 * publication, and by the clock, and holds them against docs/quotas.md. Ends with 1 if there are more of them than the table says. Long
 * polls are left out: they belong to processes, not to articles. `--short` publishes one article of the samples.
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startAwsLocal } from '@continuum/aws-local'
import { countAws } from './counting-aws.ts'
import { compare, quotasOf } from './table.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const samples = ['continuum-00001-vor-r1.zip', 'ijm-00202-vor-r1.zip', 'journal.mrdn.0012345.zip']
const given = process.argv.slice(2).filter((argument) => argument.endsWith('.zip'))
const chosen = process.argv.includes('--short') ? samples.slice(0, 1) : samples
const files = given.length > 0 ? given : chosen.map((name) => join(root, 'sample', name))
const began = performance.now()
/** Not of an article: what a process does when it starts, and its long polls. */
const ofProcesses = /:(Register|Deprecate|GetQueueUrl|GetQueueAttributes|PollFor|ReceiveMessage|CountPending|Describe)/

const data = mkdtempSync(join(tmpdir(), 'continuum-quotas-'))
const aws = await startAwsLocal()
try {
  await using counting = await countAws(aws.url)
  const start = ['apps/continuum/src/main.ts', 'start', '--once', '--automatic', '--data', data, ...files]
  await promisify(execFile)(process.execPath, start, {
    cwd: root,
    env: { ...process.env, AWS_ENDPOINT_URL: counting.url, ...(await freePorts()) },
  })
  const counts = new Map([...counting.counts].filter(([call]) => !ofProcesses.test(call)))
  const lines = compare(quotasOf(readFileSync(join(root, 'docs/quotas.md'), 'utf8')), {
    counts,
    articles: files.length,
    minutes: counting.minutes(),
  })
  console.log(lines.join('\n'))
  console.log(`${files.length} articles in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  if (lines.some((line) => line.startsWith('!'))) process.exitCode = 1
} finally {
  await aws.close()
  rmSync(data, { recursive: true, force: true })
}

/** A free port for each service. */
async function freePorts(): Promise<Record<string, string>> {
  const names = ['DASHBOARD', 'JOURNAL', 'LAX', 'POSTGRES', 'API', 'METRICS', 'DEPOSITS']
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  // The stand-ins of recipients take four, from one on, and health takes one for each process; below those that the system gives to whoever asks.
  const first = 20_000 + (process.pid % 12_000)
  const rows = Object.entries({ STANDINS_PORT: first, HEALTH_PORT: first + 4 }).map(
    ([name, port]) => [name, String(port)] as const,
  )
  const ports = servers.map((server) => String(Object(server.address()).port))
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return Object.fromEntries([...names.map((name, index) => [`${name}_PORT`, ports[index] ?? '0'] as const), ...rows])
}
