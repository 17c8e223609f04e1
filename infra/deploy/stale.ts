import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { partsOf, type AppName } from '@continuum/environments'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files outside of every package that are part of each app's image. */
const ofEveryImage = ['Dockerfile', '.dockerignore', '.npmrc', '.nvmrc', 'package-lock.json']

/** The packages that differ between a commit and the one that is deployed; undefined if nothing knows that commit. */
export type ChangesSince = (base: string) => Promise<ReadonlySet<string> | 'everything' | undefined>

/**
 * Lists the apps whose running image differs from a commit. Each is compared with what it runs itself, not with the push before, so a
 * commit whose deployment failed, or was passed over for a later one, is not lost.
 *
 * @param running the image of each app, whose tag is a commit's unless a person set another
 */
export async function staleApps(
  running: ReadonlyMap<AppName, string | undefined>,
  commit: string,
  changesSince: ChangesSince,
): Promise<AppName[]> {
  const asked = new Map<string, ReturnType<ChangesSince>>()
  const stale = await Promise.all(
    [...running].map(async ([app, image]) => {
      const tag = image === undefined ? undefined : partsOf(image).tag
      if (tag === undefined) return true
      if (tag === commit) return false
      const changes = asked.get(tag) ?? changesSince(tag)
      asked.set(tag, changes)
      const found = await changes
      return found === undefined || found === 'everything' || found.has(app)
    }),
  )
  return [...running.keys()].filter((_, index) => stale[index])
}

/**
 * Asks git and Nx what differs between a base and the commit.
 *
 * @param folder the repository; absent: this one
 */
export function changesUpTo(commit: string, folder = root): ChangesSince {
  const ask = (command: string, ...args: string[]) =>
    promisify(execFile)(command, args, { cwd: folder, env: { ...process.env, NX_DAEMON: 'false' } })
  const succeeds = (command: string, ...args: string[]) =>
    ask(command, ...args).then(
      () => true,
      () => false,
    )
  return async (base) => {
    const known = await succeeds('git', 'merge-base', '--is-ancestor', base, commit)
    if (!known) return undefined
    if (!(await succeeds('git', 'diff', '--quiet', base, commit, '--', ...ofEveryImage))) return 'everything'
    const { stdout } = await ask(
      'npx',
      'nx',
      'show',
      'projects',
      '--affected',
      `--base=${base}`,
      `--head=${commit}`,
      '--json',
    )
    const projects: string[] = JSON.parse(stdout)
    return new Set(projects.map((project) => project.replace('@continuum/', '')))
  }
}
