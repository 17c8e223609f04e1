import { readdirSync, readFileSync } from 'node:fs'
import { environmentNames, loadEnvironment } from '@continuum/environments'
import { expect, test } from 'vitest'

const folder = new URL('../../.github/workflows/', import.meta.url)
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8')
/** The lists `[a, b]` of a workflow behind a key. */
const lists = (text: string, key: string) =>
  [...text.matchAll(new RegExp(`^ +${key}: \\[(.*)\\]$`, 'gm'))].map(([, list = '']) => list.split(', '))

/** The environments in AWS that stay: `ci` is made for a run, and `small` is an example of its shape. */
async function deployed() {
  const names = (await environmentNames()).filter((name) => !['local', 'ci', 'small'].includes(name))
  return Promise.all(names.map((name) => loadEnvironment(name)))
}

test('images are built for environments that take any, and promoted to those that take what ran elsewhere', async () => {
  const all = await deployed()
  const builds = all.filter(({ promotedFrom }) => promotedFrom === undefined).map(({ name }) => name)
  expect(lists(textOf('deploy.yml'), 'options')).toEqual([builds])
  const promote = textOf('promote.yml')
  const from = /^ +FROM: (\S+)$/m.exec(promote)?.[1]
  const promoted = all.filter(({ promotedFrom }) => promotedFrom === from).map(({ name }) => name)
  expect(lists(promote, 'options')).toEqual([promoted])
  expect(lists(textOf('preview.yml'), 'stack')).toEqual([all.map(({ name }) => name)])
  const building = readdirSync(folder).filter((name) => textOf(name).includes('docker build'))
  expect(building.toSorted()).toEqual(['deploy.yml', 'release.yml'])
})

test('a run deploys the newest commit, not the one that started it, which may be older than what runs', () => {
  const text = textOf('deploy.yml')
  expect(text).toContain('ref: ${{ github.event.repository.default_branch }}')
  expect(text).not.toMatch(/github\.sha|GITHUB_SHA/)
  expect(text).toMatch(/^ {2}cancel-in-progress: false$/m)
})

test('deployments of one environment exclude each other, by whichever workflow', () => {
  expect(textOf('deploy.yml')).toContain("group: deploy-${{ inputs.stack || 'continuum-test' }}")
  expect(textOf('promote.yml')).toContain('group: deploy-${{ inputs.stack }}')
})

test('a pull request from a fork gets no secrets, and is told so', () => {
  const [, own = '', fork = ''] = textOf('preview.yml').split(/^ {2}(?:preview|fork):$/m)
  expect(own).toContain('if: github.event.pull_request.head.repo.full_name == github.repository')
  expect(own).toContain('{{ secrets.')
  expect(fork).toContain('if: github.event.pull_request.head.repo.full_name != github.repository')
  expect(fork).toContain('permissions: {}')
  expect(fork).not.toContain('{{ secrets.')
  expect(fork).toContain('gets no secrets')
})
