/**
 * `npm run advisories`: known weaknesses of the packages in package-lock.json, by `npm audit` where the registry answers it, otherwise by
 * the advisory file next to this one. A report: exits 0 unless `--strict` is given and something that ships is affected.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findAffected, parseAdvisories } from './match.ts'
import { parseAudit } from './registry.ts'

const { values } = parseArgs({ options: { strict: { type: 'boolean', default: false } } })
const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--package-lock-only', '--fetch-retries=0'], {
  cwd: root,
  encoding: 'utf8',
  timeout: 60_000,
  shell: process.platform === 'win32',
})
const answer = parseAudit(stdout ?? '')
let affected: number
if (answer) {
  affected = answer.metadata.vulnerabilities.total
  console.log(`npm audit: ${affected} packages that ship are affected`)
  for (const [name, { severity, range, nodes }] of Object.entries(answer.vulnerabilities))
    console.log(`  ${name} ${range} (${severity}): ${nodes.join(', ')}`)
} else {
  const file = parseAdvisories(read('advisories.json'))
  const findings = findAffected(read('../../package-lock.json'), file)
  affected = findings.filter(({ dev }) => !dev).length
  console.log('The registry answers no audit (expected: JSON of `npm audit`). The checked-in file is used instead:')
  console.log(
    `  ${file.advisories.length} advisories, last reviewed ${file.reviewed}; ${findings.length} installed packages are affected`,
  )
  console.log(`  ${file.note}`)
  for (const { advisory, version, place, dev } of findings)
    console.log(
      `  ${advisory.id} ${advisory.severity}: ${place} ${version}${dev ? ' (development)' : ''}: ${advisory.title}${advisory.source ? `; ${advisory.source}` : ''}`,
    )
}
if (values.strict && affected > 0) process.exitCode = 1
