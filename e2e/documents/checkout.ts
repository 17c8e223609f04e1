import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { follow, ownPorts, root, type Run } from '../environment.ts'

/** A command that was typed. */
export interface Typed extends Run {
  /** All that it has said so far. */
  said(): string
  /** Waits for a line. @throws Error with all that it has said, if none comes in nine and a half minutes or it ends before */
  until(wanted: RegExp): Promise<void>
  /** Ctrl-C, which reaches all that it started. */
  interrupt(): Promise<number>
}

/** A reader's machine: a copy of the project, a home folder, ports of its own, and a shell. */
export interface Checkout extends AsyncDisposable {
  readonly folder: string
  readonly home: string
  /** The variables of its shell. */
  readonly variables: Readonly<Record<string, string>>
  /** Types a command into a shell in the copy, as a document has it. */
  type(command: string, extra?: Readonly<Record<string, string>>): Typed
  /** Writes a file of the copy. */
  write(file: string, text: string): void
  /** Replaces what `from` matches. @throws Error if the file has nothing like it */
  change(file: string, from: RegExp, to: string): void
}

export async function newCheckout(): Promise<Checkout> {
  const above = mkdtempSync(join(tmpdir(), 'continuum-documents-'))
  const [folder, home, prefix] = ['continuum', 'home', 'npm'].map((name) => join(above, name))
  if (folder === undefined || home === undefined || prefix === undefined) throw new Error('no folder')
  for (const each of [home, prefix]) mkdirSync(each)
  copyProject(folder)
  linkPackages(folder)
  const { variables: ports } = await ownPorts()
  const variables = {
    ...ports,
    HOME: home,
    PATH: `${join(prefix, 'bin')}:${process.env['PATH']}`,
    // `npm link` links into a folder of the test's own, and goes to no network.
    npm_config_prefix: prefix,
    npm_config_offline: 'true',
    NO_COLOR: '1',
  }
  const runs: Run[] = []
  return {
    folder,
    home,
    variables,
    type(command, extra) {
      const env = { ...shellOf(process.env), ...variables, ...extra }
      // A group of its own, as a terminal makes one.
      const child = spawn('sh', ['-c', command], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
      const run = follow(child)
      runs.push(run)
      const said = () => [...run.stdout, ...run.stderr].join('\n')
      return {
        ...run,
        said,
        async until(wanted) {
          const late = setTimeout(() => void run.killTree(), 570_000)
          try {
            await run.line((text) => wanted.test(text))
          } finally {
            clearTimeout(late)
          }
        },
        interrupt() {
          process.kill(-run.pid, 'SIGINT')
          return run.ended
        },
      }
    },
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    },
    change(file, from, to) {
      const text = readFileSync(join(folder, file), 'utf8')
      if (!from.test(text)) throw new Error(`${file} has nothing like ${from}`)
      writeFileSync(join(folder, file), text.replace(from, to))
    },
    async [Symbol.asyncDispose]() {
      for (const run of runs) await run.killTree()
      rmSync(above, { recursive: true, force: true })
    },
  }
}

/** Copies what git knows of, and what is new and not ignored: what a clone of the next commit would have. */
function copyProject(folder: string): void {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z', '--deduplicate'], { cwd: root })
  for (const file of files.toString().split('\0')) {
    if (file === '') continue
    cpSync(join(root, file), join(folder, file), { force: true })
  }
}

/** Links the packages that are installed already, except the project's own, which are the copy's. */
function linkPackages(folder: string): void {
  const from = join(root, 'node_modules')
  const to = join(folder, 'node_modules')
  mkdirSync(join(to, '@continuum'), { recursive: true })
  const not = new Set(['@continuum', '.cache', '.vite', '.package-lock.json'])
  for (const name of readdirSync(from)) if (!not.has(name)) symlinkSync(join(from, name), join(to, name))
  cpSync(join(from, '@continuum'), join(to, '@continuum'), { recursive: true, verbatimSymlinks: true })
  // Those that npm did not hoist.
  for (const place of globSync('{apps,libs}/*/node_modules', { cwd: root }))
    symlinkSync(join(root, place), join(folder, place))
}

/** The variables of a new shell: nothing that the test runner or npm has set, and no way into another system. */
function shellOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const not = /^(npm_|VITEST|NODE_|TEST$|INIT_CWD|AWS_|DATABASE_URL|.*_PORT$)/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !not.test(name)))
}
