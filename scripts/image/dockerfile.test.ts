import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { importsOf } from '../structure/modules.ts'
import { copiesOf, imageFiles, stagesOf } from './dockerfile.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const stages = stagesOf(`${root}Dockerfile`)
const [dependencies, image] = stages
const instructions = (name: string) => image?.instructions.filter((each) => each.name === name).map(({ rest }) => rest)

test('two stages begin from one Node, with a version that is no moving target of another kind', () => {
  expect(stages.map(({ from }) => from.split(' ')[0])).toEqual(['node:26-slim', 'node:26-slim'])
})

test('the manifest of every workspace is there before packages are installed: npm ci wants them all', () => {
  const { workspaces }: { workspaces: string[] } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const manifests = workspaces.flatMap((place) => globSync(`${place}/package.json`, { cwd: root }))
  const copied = copiesOf(dependencies).flatMap(({ sources }) => sources)
  expect(new Set(copied)).toEqual(new Set([...manifests, 'package.json', 'package-lock.json', '.npmrc']))
})

test('only production packages are installed, and no package runs a script of its own', () => {
  const run = dependencies?.instructions.find(({ name }) => name === 'RUN')?.rest
  expect(run).toMatch(/^npm ci --omit=dev --ignore-scripts /)
})

test('it does not run as root, writes to /tmp alone, and says whether it is well', () => {
  expect(instructions('USER')).toEqual(['1000:1000'])
  expect(instructions('VOLUME')).toEqual(['/tmp'])
  expect(instructions('HEALTHCHECK')?.[0]).toContain('/health')
  const order = image?.instructions.map(({ name }) => name) ?? []
  expect(order.lastIndexOf('RUN'), 'nothing is done after the rights are gone').toBeLessThan(order.indexOf('USER'))
})

test('nothing is fetched from elsewhere, no secret is built in, and commands are lists', () => {
  const all = stages.flatMap((stage) => stage.instructions)
  expect(all.filter(({ name }) => name === 'ADD' || name === 'ARG')).toEqual([])
  expect(all.filter(({ rest }) => /(SECRET|TOKEN|PASSWORD)=|curl|wget|sudo|apt-get/.test(rest))).toEqual([])
  expect(instructions('CMD')?.[0]).toMatch(/^\[/)
})

test('what is copied is there, and git and its history are not', () => {
  const sources = [...copiesOf(dependencies), ...copiesOf(image)].flatMap((each) => each.sources)
  expect(sources.filter((source) => !existsSync(`${root}${source}`))).toEqual([])
  expect(readFileSync(`${root}.dockerignore`, 'utf8').split('\n')).toContain('**')
})

test('nothing that only tests use is in it: no test kit, no fixtures, no aws-local, no stand-in', () => {
  const files = imageFiles(root)
  expect(files).toContain('apps/dashboard/src/main.ts')
  const forTests =
    /\.(test|e2e|fixture)\.ts$|(^|\/)(testing|histories|corpus|stand-in)(\/|$)|^libs\/aws-local|node_modules/
  expect(files.filter((file) => forTests.test(file))).toEqual([])
})

test('what the processes import is in it', () => {
  const files = new Set(imageFiles(root))
  const modules = [...files].filter((file) => file.endsWith('.ts'))
  const missing = modules.flatMap((file) =>
    importsOf(file, readFileSync(`${root}${file}`, 'utf8'))
      .filter((imported) => !files.has(imported))
      .map((imported) => `${file} imports ${imported}`),
  )
  expect(missing).toEqual([])
})
