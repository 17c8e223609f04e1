// Plain JavaScript on built-in modules only: it runs before anything is installed, on whatever Node >= 20 is there.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'node_modules', '.continuum-installed.json')

/** A fault that its user can mend: printed as one line, without a stack. */
export class Refusal extends Error {}

/** What `npm install` is asked for: `run` is what running needs and no more, `all` is what developing and testing need. */
const sets = {
  run: {
    title: 'what running needs',
    arguments: ['--omit=dev', ...readdirSync(join(root, 'apps')).flatMap((app) => ['-w', `apps/${app}`])],
  },
  all: { title: 'what developing and testing need', arguments: [] },
}

/** The Node that everything runs on: 26, installed as a dependency, whatever Node called this script. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * Installs `set` where it is missing or where package-lock.json has changed since; else returns at once.
 * What is there already is kept, so that a system running from this folder is not pulled from under its feet.
 */
export async function install(set) {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Refusal(`Node ${process.versions.node} is too old: install Node 20 or newer, then try again.`)
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const installed = readStamp()
  if (installed.lock === lock && (installed.set === set || installed.set === 'all') && isWhole()) return
  const began = Date.now()
  // npm takes away what it is not asked for: a developer's packages stay asked for.
  const wanted = existsSync(join(root, 'node_modules', 'vitest')) ? 'all' : set
  process.stderr.write(`Installing ${sets[wanted].title}, once ... `)
  rmSync(stamp, { force: true })
  const fresh = !existsSync(join(root, 'node_modules'))
  await npm([fresh ? 'ci' : 'install', ...(fresh ? [] : ['--no-save']), ...sets[wanted].arguments])
  if (!isWhole())
    throw new Refusal(
      `npm did not install Node 26 for ${process.platform}-${process.arch} (package "node"). Are install scripts switched off? Try: npm install --ignore-scripts=false`,
    )
  writeFileSync(stamp, JSON.stringify({ set: wanted, lock }))
  process.stderr.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`)
}

/** Node itself and the links to our own packages are what npm makes first and last. */
const isWhole = () => existsSync(node) && existsSync(join(root, 'node_modules', '@continuum', 'service'))

function readStamp() {
  try {
    return JSON.parse(readFileSync(stamp, 'utf8'))
  } catch {
    return {}
  }
}

/**
 * How long npm is never silent while all is well, in milliseconds: it names each package that it fetches, and then unpacks
 * them for a while.
 */
const silence = { beforeFetching: 6000, afterwards: 25_000 }

/**
 * Runs npm quietly; what it said is shown only when it failed, as the one line that matters. Where it says nothing for
 * some seconds its user is told what it waits for.
 */
function npm(args) {
  const quiet = [
    '--no-audit',
    '--no-fund',
    '--loglevel=http',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
    '--fetch-timeout=60000',
  ]
  return new Promise((resolve, reject) => {
    const command = npmCommand()
    const child = spawn(command[0], [...command.slice(1), ...args, ...quiet], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // An interrupted npm must not go on behind the next start's back.
    let stopped = false
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => {
        stopped = true
        child.kill('SIGKILL')
      })
    let said = ''
    const quietFor = onSilence(silence, (after) => process.stderr.write(waitingWords(after, registry())))
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        quietFor.heard()
        said += String(data)
          .split('\n')
          .filter((line) => !line.startsWith('npm http'))
          .join('\n')
      })
    }
    child.on('error', (error) =>
      reject(new Refusal(`npm can't be run (${error.message}). Install npm, then try again.`)),
    )
    child.on('close', (code) => {
      quietFor.over()
      if (code === 0) resolve()
      else if (stopped) reject(new Refusal('Stopped before all was installed; the next start installs it anew.'))
      else reject(new Refusal(whyNpmFailed(said)))
    })
  })
}

/** npm that calls this script says where it is; called without npm, it is looked for on the PATH. */
function npmCommand() {
  const cli = process.env.npm_execpath
  return cli && /\.c?js$/.test(cli) ? [process.execPath, cli] : ['npm']
}

/** Where npm fetches packages from, as it is set; without a password that may stand in it. */
function registry() {
  const [command, ...before] = npmCommand()
  const { stdout } = spawnSync(command, [...before, 'config', 'get', 'registry'], { cwd: root, encoding: 'utf8' })
  return (stdout?.trim() || process.env.npm_config_registry || '').replace(/\/\/[^/@]*@/, '//')
}

/** Tells once of each silence that lasts too long, and how many milliseconds that is. */
export function onSilence({ beforeFetching, afterwards }, tell) {
  let timer = setTimeout(() => tell(beforeFetching), beforeFetching)
  return {
    heard() {
      clearTimeout(timer)
      timer = setTimeout(() => tell(afterwards), afterwards)
    },
    over: () => clearTimeout(timer),
  }
}

/** What somebody reads who wonders whether anything still happens. */
export function waitingWords(after, from) {
  return `\n  npm has fetched nothing for ${after / 1000} s: it waits for the registry ${from || 'that it is set to'}. It gives up after some two minutes; Ctrl-C ends it. `
}

/** The reason of a failed `npm install`, in one line: what happened and what to do. */
export function whyNpmFailed(said) {
  const detail =
    said
      .split('\n')
      .find((line) => /npm error (code|network|errno|.*(E[A-Z]{4,}))/.test(line) && !/complete log/.test(line)) ??
    said.trim().split('\n').at(-1)
  const what = (detail ?? '').replace(/^npm error\s*/, '').trim()
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/.test(
      said,
    )
  )
    return `The packages can't be installed: the npm registry can't be reached (${what}). Check the network or npm's proxy and registry settings, then try again.`
  if (/ENOSPC/.test(said))
    return "The packages can't be installed: the disk is full. Free about 500 MB, then try again."
  return `The packages can't be installed: npm says: ${what || 'nothing'}. Try "npm ci" to see the whole.`
}
