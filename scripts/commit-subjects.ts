import { spawnSync } from 'node:child_process'

/** The longest subject that a log shows whole. */
const maxLength = 72

/** The subjects of the commits that a change adds, or the reason why they are not known. */
export type Subjects = { readonly subjects: readonly string[] } | { readonly skipped: string }

/**
 * The subjects of the commits since the change left its base. A shallow clone does not know them.
 *
 * @param base a revision
 */
export function subjectsOfChange(root: string, base: string): Subjects {
  const git = (...args: string[]) => {
    const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
    return status === 0 ? stdout.trim() : undefined
  }
  if (git('rev-parse', '--is-shallow-repository') !== 'false') return { skipped: 'the clone is shallow' }
  const fork = git('merge-base', base, 'HEAD')
  if (fork === undefined) return { skipped: `there is no ${base} to compare with` }
  const log = git('log', '--no-merges', '--format=%s', `${fork}..HEAD`) ?? ''
  return { subjects: log.split('\n').filter(Boolean) }
}

/** Subjects that are too long: the rest belongs into the body. */
export function longSubjects(subjects: readonly string[]): readonly string[] {
  return subjects.filter((subject) => subject.length > maxLength)
}
