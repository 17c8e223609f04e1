import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appNames } from '@continuum/environments'
import { expect, onTestFinished, test } from 'vitest'
import { pushImage } from '../proofs/registry/images.ts'
import { roll } from './roll.ts'
import { newRegistry, stackWith } from './stack.fixture.ts'
import { changesUpTo } from './stale.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A repository of git with the packages of this project, as far as Nx needs them to tell what a commit touches. */
function newRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'passed-over-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const ofRoot = ['package.json', 'package-lock.json', 'nx.json', 'tsconfig.json', 'Dockerfile']
  const manifests = globSync(
    ['{apps,libs}/*/package.json', '{infra,infra/environments,e2e,bench,sample}/package.json'],
    {
      cwd: root,
    },
  )
  for (const file of [...ofRoot, ...manifests]) cpSync(join(root, file), join(folder, file), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n.nx\n')
  git('init', '--quiet')
  /** Commits a change of a file. @returns its hash */
  const commit = (file: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `// ${file}\n`)
    git('add', '--all')
    git('commit', '--quiet', '--message', file)
    return git('rev-parse', 'HEAD')
  }
  return { folder, commit }
}

test(
  'a run that gave way to a later one loses nothing: the later one rolls what either commit changed',
  { timeout: 240_000 },
  async () => {
    const { folder, commit } = newRepository()
    const base = commit('README.md')
    const passedOver = commit('apps/journal/src/change.ts')
    const later = commit('apps/lax/src/change.ts')
    const store = await newRegistry()
    for (const each of [passedOver, later]) pushImage(store, 'ct-continuum', each)
    const { stack, config } = stackWith({ tag: base })
    const told: string[] = []
    const to = { commit: later, preview: false, changesSince: changesUpTo(later, folder), together: false }
    expect(await roll(stack, to, (line) => told.push(line))).toBe(0)
    const rolled = appNames.filter((app) => config()[`tag-${app}`]?.startsWith(`${later}@sha256:`))
    expect(rolled).toEqual(['lax', 'journal'])
    expect(told).toContain(`dashboard: ${base}, which is the same`)
    // The journal runs the later commit, so nothing is left of the one that was passed over.
    const again = stackWith(config())
    await roll(again.stack, to, () => {})
    expect(again.config()).toEqual(config())
    // The feeder is in no image's process.
    const ofFeeder = commit('apps/feeder/src/change.ts')
    const next = { ...to, commit: ofFeeder, changesSince: changesUpTo(ofFeeder, folder) }
    await roll(again.stack, next, () => {})
    expect(again.config()).toEqual(config())
  },
)

test(
  'a commit of what every image has touches every app, one of what no image has touches none',
  { timeout: 240_000 },
  async () => {
    const { folder, commit } = newRepository()
    const base = commit('README.md')
    const ofImage = commit('Dockerfile')
    expect(await changesUpTo(ofImage, folder)(base)).toBe('everything')
    const ofEnvironment = commit('infra/environments/prod.ts')
    const touched = await changesUpTo(ofEnvironment, folder)(ofImage)
    expect(appNames.filter((app) => touched !== 'everything' && touched?.has(app))).toEqual([])
  },
)
