import { appNames, awsNamesOf, loadEnvironment, type ProcessName } from '@continuum/environments'
import { describe, expect, test } from 'vitest'
import { imagesOf, pushImage } from '../proofs/registry/images.ts'
import { promote } from './promote.ts'
import { addressesThatRun } from './running.ts'
import { newRegistry, stackWith, type PrintedUpdate } from './stack.fixture.ts'

const code = 'c'.repeat(40)
const now = { digest: undefined, checkout: code, preview: false }

/** A test environment that runs one image, of lax another, and what it says when they are promoted. */
async function environments({
  unsteady,
  history,
  tags,
}: { unsteady?: string; history?: PrintedUpdate[]; tags?: Record<string, string> } = {}) {
  const store = await newRegistry()
  const [first, second] = ['first', 'second'].map((tag) => `${tag}@${pushImage(store, 'ct-continuum', tag)}`)
  if (first === undefined || second === undefined) throw new Error('no image')
  const runs = { tag: first, 'tag-lax': second }
  const source = stackWith(tags ?? runs, {
    ...(unsteady !== undefined && { unsteady }),
    history: history ?? [{ result: 'succeeded', tags: runs, commit: code }],
  })
  const prod = stackWith({ tag: 'older@sha256:' + '0'.repeat(64) }, { repository: 'continuum' })
  const told: string[] = []
  const go = (how: Partial<Parameters<typeof promote>[2]> = {}) =>
    promote(source.stack, prod.stack, { ...now, ...how }, (line) => told.push(line))
  return { store, first, second, prod, told, go }
}
const digestIn = (image: string) => image.slice(image.indexOf('sha256:'))

test('each app gets the very image that it runs there, copied and not built, and the whole stack is brought up', async () => {
  const { store, first, second, prod, told, go } = await environments()
  expect(await go()).toBe(0)
  const config = prod.config()
  for (const app of appNames) expect(config[`tag-${app}`]).toBe(app === 'lax' ? second : first)
  expect(config['before-lax']).toMatch(/^older@sha256:0+$/)
  expect(prod.ran).toEqual(['up --yes --skip-preview'])
  expect(
    imagesOf(store, 'continuum')
      .map(({ digest }) => digest)
      .toSorted(),
  ).toEqual([first, second].map(digestIn).toSorted())
  expect(told).toContain(`${first}: copied to 123456789012.dkr.ecr.us-east-1.amazonaws.com/continuum`)
  expect(told.find((line) => line.startsWith('lax:'))).toContain(`-> ${second}`)
})

test('a preview says what would be rolled, and does nothing', async () => {
  const { store, second, prod, told, go } = await environments()
  const before = prod.config()
  expect(await go({ preview: true })).toBe(0)
  expect(told.find((line) => line.startsWith('lax:'))).toContain(`-> ${second}`)
  expect([prod.ran, prod.config(), imagesOf(store, 'continuum')]).toEqual([[], before, []])
})

test('a deployment that fails leaves the configuration as it was', async () => {
  const { first, go, prod } = await environments()
  const before = prod.config()
  const failing = stackWith(before, { exitCode: 255, repository: 'continuum' })
  const { stack } = stackWith(
    { tag: first },
    { history: [{ result: 'succeeded', tags: { tag: first }, commit: code }] },
  )
  expect(await promote(stack, failing.stack, now, () => {})).toBe(255)
  expect(failing.config()).toEqual(before)
  expect(await go()).toBe(0)
})

test('in a small environment the one service runs all apps', async () => {
  const small = await loadEnvironment('small')
  const container = (process: ProcessName) => ({ name: awsNamesOf(small).container(process), image: 'i' })
  const resources = [
    {
      urn: 'urn:pulumi:small::continuum::aws:ecs/service:Service::services-shared',
      type: 'aws:ecs/service:Service',
      inputs: { taskDefinition: 'arn:shared' },
    },
    {
      urn: 'urn:pulumi:small::continuum::aws:ecs/taskDefinition:TaskDefinition::services-shared',
      type: 'aws:ecs/taskDefinition:TaskDefinition',
      inputs: { containerDefinitions: JSON.stringify([container('lax'), container('worker')]) },
      outputs: { arn: 'arn:shared' },
    },
  ]
  const running = addressesThatRun(small, JSON.stringify({ deployment: { resources } }))
  expect([...running]).toEqual(appNames.map((app) => [app, 'i']))
})

describe('is refused', () => {
  test('where nobody knows with which code the images ran', async () => {
    const { go, prod } = await environments({ history: [{ result: 'succeeded', tags: { tag: 'x' } }] })
    await expect(go()).rejects.toThrow('Nobody knows with which code continuum-test ran its images')
    expect(prod.ran).toEqual([])
  })

  test('where the last deployment there did not become steady', async () => {
    const { go, prod } = await environments({ unsteady: 'worker' })
    await expect(go()).rejects.toThrow('continuum-test has not ended well (worker did not become steady)')
    expect(prod.ran).toEqual([])
  })

  test('for an image that is configured and does not run', async () => {
    const { first, second } = await environments()
    const { stack } = stackWith({ tag: first })
    const ahead = {
      ...stack,
      ask: (...args: string[]) =>
        args.includes('--json') && args[0] === 'config'
          ? stackWith({ tag: second }).stack.ask(...args)
          : stack.ask(...args),
    }
    const prod = stackWith({}, { repository: 'continuum' })
    await expect(promote(ahead, prod.stack, now, () => {})).rejects.toThrow(
      /runs .*@sha256:\S+ of bot, but its configuration says second@/,
    )
  })

  test('from code other than that with which the images run', async () => {
    const { go } = await environments()
    await expect(go({ checkout: 'd'.repeat(40) })).rejects.toThrow(`git switch --detach ${code}`)
  })

  test('for a digest that never ran there, with those that did', async () => {
    const { go, prod, first } = await environments()
    const digest = `sha256:${'9'.repeat(64)}`
    await expect(go({ digest })).rejects.toThrow(
      `${digest} never ran on continuum-test: deploy it there first (npm run roll -- --stack continuum-test --commit SHA). Last ran: ${first}`,
    )
    expect(prod.ran).toEqual([])
  })

  test('for a digest that ran there and failed', async () => {
    const digest = `sha256:${'9'.repeat(64)}`
    const { go } = await environments({ history: [{ result: 'failed', tags: { tag: `bad@${digest}` }, commit: code }] })
    await expect(go({ digest })).rejects.toThrow(
      `${digest} was deployed to continuum-test at 2026-11-30T10:00:00.000Z and failed: it is not promoted`,
    )
  })

  test('for a digest that was only in the configuration of a deployment of other apps', async () => {
    const digest = `sha256:${'9'.repeat(64)}`
    const history: PrintedUpdate[] = [{ result: 'succeeded', tags: { 'tag-lax': `trial@${digest}` }, targeted: true }]
    const { go } = await environments({ history })
    await expect(go({ digest })).rejects.toThrow('never ran on continuum-test')
  })
})

test('an image that ran there earlier is promoted with the others of its deployment, and with their code', async () => {
  const { store, go, prod } = await environments()
  const earlier = `earlier@${pushImage(store, 'ct-continuum', 'earlier')}`
  const history: PrintedUpdate[] = [
    { result: 'succeeded', tags: { tag: 'newer' }, commit: 'd'.repeat(40) },
    { result: 'succeeded', tags: { tag: earlier }, commit: code },
  ]
  const { stack } = stackWith({ tag: 'newer' }, { history })
  expect(await promote(stack, prod.stack, { ...now, digest: digestIn(earlier) }, () => {})).toBe(0)
  for (const app of appNames) expect(prod.config()[`tag-${app}`]).toBe(earlier)
  expect(await go()).toBe(0)
})
