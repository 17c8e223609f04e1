import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checkout } from './checkout.ts'

/** The git repository of a checkout, of which `infra` and the Dockerfile are committed. */
export interface Repository {
  /** Runs git. @returns its output, trimmed */
  readonly git: (...args: string[]) => string
  /** Commits a change of a file that is in every image. @returns its hash */
  readonly commit: (subject: string) => string
}

/** Makes a checkout a git repository without a commit, with `infra` staged. */
export function makeRepository({ folder }: Checkout): Repository {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Proof', '-c', 'user.email=proof@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
  git('init', '--quiet')
  git('add', 'infra')
  return {
    git,
    commit: (subject) => {
      writeFileSync(join(folder, 'Dockerfile'), `# ${subject}\n`)
      git('add', 'Dockerfile')
      git('commit', '--quiet', '--message', subject)
      return git('rev-parse', 'HEAD')
    },
  }
}
