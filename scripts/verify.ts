import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { longSubjects, subjectsOfChange } from './commit-subjects.ts'

/**
 * `npm run verify`: everything that a machine can check without running the system: types, lint, format, unused code, HTTP contracts,
 * structure, GitHub workflows, known advisories (a report), and the subjects of the change's commits. actionlint and zizmor are used where they are installed.
 * The change is what `HEAD` has since `origin/main`, or since the revision that COMMIT_BASE names. Every check runs; exit code 1 where one fails.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const contracts = globSync('apps/*/openapi.json', { cwd: root })
const workflows = globSync('.github/workflows/*.yml', { cwd: root })

/** A check and the command line that makes it; one of Node's modules unless `program` names another. */
const checks: readonly { name: string; program?: string; args: readonly string[] }[] = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', args: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js'] },
  { name: 'HTTP contracts', args: ['node_modules/@redocly/cli/bin/cli.js', 'lint', ...contracts] },
  { name: 'structure', args: ['node_modules/vitest/vitest.mjs', 'run', '--project', 'workspace'] },
  { name: 'GitHub workflows', program: 'actionlint', args: workflows },
  { name: 'security of GitHub workflows', program: 'zizmor', args: ['--offline', '--quiet', '.github/workflows'] },
]

// A report, which depends on what others publish: it fails no change.
spawnSync(process.execPath, ['scripts/advisories/main.ts'], { cwd: root, stdio: 'inherit' })

const failed: string[] = []
for (const { name, program, args } of checks) {
  if (program !== undefined && !isInstalled(program)) {
    console.log(`skipped ${name}: ${program} is not installed`)
    continue
  }
  const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const { status } = spawnSync(program ?? process.execPath, args, { cwd: root, stdio: 'inherit', env: environment })
  console.log(`${status === 0 ? 'passed ' : 'FAILED '} ${name}`)
  if (status !== 0) failed.push(name)
}

const subjects = subjectsOfChange(root, process.env['COMMIT_BASE'] ?? 'origin/main')
if ('skipped' in subjects) console.log(`skipped commit subjects: ${subjects.skipped}`)
else {
  const long = longSubjects(subjects.subjects)
  for (const subject of long)
    console.log(`A commit's subject has ${subject.length} characters, more than 72: ${subject}`)
  console.log(`${long.length === 0 ? 'passed ' : 'FAILED '} commit subjects (${subjects.subjects.length})`)
  if (long.length > 0) failed.push('commit subjects')
}

if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`))
}
