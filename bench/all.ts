/**
 * Runs the benches one after the other and prints what each holds against a budget, as one table:
 *
 *     npm run bench -- all              # three quarters of an hour
 *     npm run bench -- all --short
 *
 * Exits 1 where a bench fails. Ratios are held; seconds are goals, for they say more about the machine, whose load stands in each row.
 */
import { spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The benches by their file, with the arguments of a short and of a long form. */
const benches: readonly { name: string; file: string; long?: readonly string[]; short?: readonly string[] }[] = [
  { name: 'one article', file: 'main.ts' },
  { name: 'many', file: 'many/main.ts' },
  { name: 'growth', file: 'many/main.ts', long: ['--memory'], short: ['--memory', '--short'] },
  { name: 'steps', file: 'steps/main.ts', long: ['--workflows', '200'], short: ['--workflows', '50'] },
  { name: 'derivatives', file: 'derivatives.ts' },
  { name: 'idle', file: 'idle.ts' },
  { name: 'dashboard', file: 'dashboard/main.ts' },
  { name: 'readers', file: 'readers/main.ts' },
  { name: 'feeder', file: 'feeder-rate.ts' },
  { name: 'intake', file: 'intake/main.ts' },
]
const isShort = process.argv.includes('--short')
const held: string[][] = []
const failed: string[] = []

for (const { name, file, long = [], short = ['--short'] } of benches) {
  const load = (loadavg()[0] ?? 0).toFixed(1)
  console.log(`\n${name} (load ${load})`)
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...(isShort ? short : long)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(`  ${line}`)
    // As a budget is told: `<= 1.25`.
    if (/[<>]= \d/.test(line)) held.push([name, load, line.trim()])
  }
  if ((await ended) !== 0) failed.push(name)
}

const width = Math.max(...held.map(([name = '']) => name.length))
console.log(`\n${'bench'.padEnd(width)}  load  figure, with its base and its budget`)
for (const [name = '', load = '', line] of held) console.log(`${name.padEnd(width)}  ${load.padStart(4)}  ${line}`)
console.log(failed.length === 0 ? '\nEvery bench ended well.' : `\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
