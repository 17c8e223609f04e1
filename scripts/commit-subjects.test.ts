import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { longSubjects, subjectsOfChange } from './commit-subjects.ts'

function inRepository(check: (folder: string, git: (...args: string[]) => void) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'subjects-'))
  const git = (...args: string[]) =>
    void execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: folder })
  try {
    git('init', '-q', '-b', 'main')
    git('commit', '-q', '--allow-empty', '-m', 'repo: begins')
    check(folder, git)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the commits of a change are those since it left its base', () => {
  inRepository((folder, git) => {
    git('switch', '-q', '-c', 'change')
    git(
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'bot: retries',
      '-m',
      `a body may be as long as it likes${'.'.repeat(80)}`,
    )
    expect(subjectsOfChange(folder, 'main')).toEqual({ subjects: ['bot: retries'] })
  })
})

test('without its base, or in a shallow clone, nothing is checked and the reason is given', () => {
  inRepository((folder) => {
    expect(subjectsOfChange(folder, 'origin/main')).toEqual({ skipped: 'there is no origin/main to compare with' })
    const shallow = join(folder, 'shallow')
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${folder}`, shallow])
    expect(subjectsOfChange(shallow, 'origin/main')).toEqual({ skipped: 'the clone is shallow' })
  })
})

test('a subject of 72 characters is fine, one of 73 is too long', () => {
  expect(longSubjects(['x'.repeat(72)])).toEqual([])
  expect(longSubjects(['x'.repeat(73)])).toHaveLength(1)
})
