import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandOf, processNames, serveCommand } from '../../infra/environments/src/index.ts'
import { copiesOf, isIgnored, stagesOf } from './dockerfile.ts'

/**
 * `npm run -s image`: what the Dockerfile does, without Docker: its COPY lines and its `npm ci` into a folder. Then every process is
 * started from there with nobody's rights, the folder read-only: it must come as far as refusing a wrong setting (exit code 2), which it
 * does once all of its code and packages are loaded. With `--keep` the folder stays.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const [dependencies, image] = stagesOf(join(root, 'Dockerfile'))
const folder = mkdtempSync(join(tmpdir(), 'continuum-image-'))
chmodSync(folder, 0o755)

function copy(stage: typeof image, to: string): void {
  for (const { sources, to: place } of copiesOf(stage))
    for (const source of sources) {
      const target = place.endsWith('/') ? join(to, place, basename(source)) : join(to, place)
      mkdirSync(dirname(target), { recursive: true })
      cpSync(join(root, source), target, { recursive: true, filter: (path) => !isIgnored(path.slice(root.length)) })
    }
}

/** The container's user and file system, where this is run as root; else as whoever runs it, on a folder without write permission. */
const nobody = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {}

async function startsFrom(place: string, command: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, command.slice(1), {
    cwd: place,
    // A setting that is wrong for all of them.
    env: { NODE_ENV: 'production', PATH: process.env['PATH'], LOG_LEVEL: 'none' },
    ...nobody,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}

const readOnly = (path: string) => execFileSync('chmod', ['-R', 'a-w,a+rX', path])
const build = join(folder, 'build')
const place = join(folder, 'continuum')
let failed = 0
try {
  copy(dependencies, build)
  for (const { name, rest } of dependencies?.instructions ?? [])
    if (name === 'RUN') execFileSync('sh', ['-ec', rest], { cwd: build, stdio: ['ignore', 'ignore', 'inherit'] })
  copy(image, place)
  cpSync(join(build, 'node_modules'), join(place, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  rmSync(build, { recursive: true })
  readOnly(place)
  const size = execFileSync('du', ['-sm', place], { encoding: 'utf8' }).split('\t')[0]
  console.log(`${size} MB beside Node itself, ${readdirSync(join(place, 'node_modules')).length} folders of packages`)
  for (const command of [...processNames.map(commandOf), serveCommand]) {
    const { code, said } = await startsFrom(place, command)
    const right = code === 2 && /invalid configuration/.test(said)
    if (!right) failed++
    console.log(`${right ? 'starts ' : 'FAILS  '} ${command.join(' ')}${right ? '' : `\n${said}`}`)
  }
} finally {
  if (process.argv.includes('--keep')) console.log(folder)
  else {
    execFileSync('chmod', ['-R', 'u+w', folder])
    rmSync(folder, { recursive: true, force: true })
  }
}
process.exitCode = failed > 0 ? 1 : 0
