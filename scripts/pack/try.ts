import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Library } from './libraries.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A code block of a README that names its own file in its first line: `// greet.test.ts`. */
export interface Example {
  readonly file: string
  readonly code: string
}

/** The examples of a README, in their order. */
export function examplesOf(readme: string): readonly Example[] {
  return [...readme.matchAll(/^```(?:ts|js)\n\/\/ (\S+\.(?:ts|mts|js|mjs))\n([\s\S]*?)^```$/gm)].map(
    ([, file = '', code = '']) => ({ file, code }),
  )
}

/**
 * Installs packed libraries in an empty folder, as somebody would who has nothing else of ours, and runs there what the library's
 * README shows: every example that names its file, type-checked first, with the packages that its install commands name. The command of a
 * library that has one is started too.
 *
 * @param packages of the library itself and of those of ours that its README asks for
 * @throws {Error} when something does not install, compile or run
 */
export async function tryPackage(library: Library, packages: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `try-${library}-`))
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'tried', private: true, type: 'module' }))
    const developing = ['typescript', '@types/node'].map(versioned)
    run(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages, ...developing])
    const readme = readFileSync(join(folder, 'node_modules/@continuum', library, 'README.md'), 'utf8')
    const others = othersToInstall(readme).filter((name) => !existsSync(join(folder, 'node_modules', name)))
    if (others.length > 0)
      run(folder, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...others.map(versioned)])
    const examples = examplesOf(readme)
    if (examples.length === 0) throw new Error(`The README of @continuum/${library} has no example that names its file`)
    for (const { file, code } of examples) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), code)
    }
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2025', '--lib', 'esnext']
    const typed = examples.map(({ file }) => file).filter((file) => file.endsWith('ts'))
    if (typed.length > 0)
      run(folder, process.execPath, [
        'node_modules/typescript/bin/tsc',
        ...options,
        '--types',
        'node',
        '--allowImportingTsExtensions',
        ...typed,
      ])
    for (const { file } of examples) run(folder, process.execPath, file.includes('.test.') ? ['--test', file] : [file])
    const command = commands[library]
    if (command) await tryCommand(folder, command)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The packages of others that the `npm install` lines of a README name. */
function othersToInstall(readme: string): readonly string[] {
  const lines = readme.matchAll(/^npm install (.+)$/gm)
  const words = [...lines].flatMap(([, rest = '']) => rest.replace(/#.*/, '').trim().split(/\s+/))
  return [...new Set(words)].filter((word) => !word.startsWith('-') && !word.startsWith('@continuum/'))
}

/** A package in the version that this repository uses. */
function versioned(name: string): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  )
  return `${name}@${manifest.version}`
}

/** The environment of a shell in which Node 26 is the first: what `npx` starts finds it there. */
const environment = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }

function run(cwd: string, command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, {
      cwd,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 180_000,
    })
  } catch (error) {
    const said =
      error instanceof Error && 'stdout' in error && 'stderr' in error
        ? String(error.stdout) + String(error.stderr)
        : ''
    throw new Error(`${command} ${args.join(' ')} failed:\n${said}`, { cause: error })
  }
}

/** Commands of libraries that start a server and say where it answers. */
const commands: Partial<Record<Library, string>> = { 'aws-local': 'aws-local', 'stand-ins': 'stand-ins' }

/** `npx COMMAND` starts and says where it answers; SIGTERM ends it. */
async function tryCommand(folder: string, command: string): Promise<void> {
  const child = spawn('npx', ['--no-install', command, '--port', '0', '--data', join(folder, 'data')], {
    cwd: folder,
    env: environment,
    // A group of its own: npx and what it starts end together.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const hear = (bytes: Buffer) => {
        said += String(bytes)
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
        if (found) resolve(found)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('close', (code) => reject(new Error(`npx ${command} ended with ${code}:\n${said}`)))
    })
    const { status } = await fetch(address)
    if (status >= 500) throw new Error(`${command} answers ${status} at ${address}`)
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
  }
}
