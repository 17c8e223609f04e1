import { appNames, type AppName } from '@continuum/environments'
import { describe, expect, test } from 'vitest'
import { pushImage } from '../proofs/registry/images.ts'
import { bringUp, roll, rollBack } from './roll.ts'
import { newRegistry, stackWith } from './stack.fixture.ts'
import { checkUpToDate } from './tags.ts'
import { changesUpTo, staleApps, type ChangesSince } from './stale.ts'

const commit = 'c'.repeat(40)
const runs = (tags: Partial<Record<AppName, string>>, otherwise = commit) =>
  new Map(appNames.map((app) => [app, tags[app] ?? otherwise]))

/** The commits a, b and c; b changed the dashboard, c lax. */
const history: ChangesSince = async (base) =>
  ({ a: new Set(['dashboard', 'lax']), b: new Set(['lax']) })[base] ?? undefined

test('a commit whose deployment was passed over is not lost: each app is compared with what it runs', async () => {
  expect(await staleApps(runs({ dashboard: 'a', journal: 'a' }, 'b'), commit, history)).toEqual(['dashboard', 'lax'])
  expect(await staleApps(runs({}), commit, history)).toEqual([])
})

test('an app that runs nothing yet, or what no commit is known of, is rolled', async () => {
  const unknown = runs({ bot: 'somebodys-trial' })
  expect(await staleApps(unknown, commit, history)).toEqual(['bot'])
  expect(await staleApps(new Map([['bot', undefined]]), commit, history)).toEqual(['bot'])
})

test('a change of what every image has rolls every app', async () => {
  expect(await staleApps(runs({}, 'a'), commit, async () => 'everything')).toEqual([...appNames])
})

/** A repository with the image of the commit. @returns its name in a stack's configuration */
async function pushed(): Promise<string> {
  return `${commit}@${pushImage(await newRegistry(), 'ct-continuum', commit)}`
}

test('the stale apps get the image of the commit by its digest, and the whole stack is brought up', async () => {
  const image = await pushed()
  const { stack, ran, config } = stackWith({ tag: 'b', 'tag-dashboard': 'a' })
  const told: string[] = []
  expect(
    await roll(stack, { commit, preview: false, changesSince: history, together: false }, (line) => told.push(line)),
  ).toBe(0)
  expect(ran).toEqual(['up --yes --skip-preview'])
  expect(config()).toEqual({
    tag: 'b',
    'tag-dashboard': image,
    'before-dashboard': 'a',
    'tag-lax': image,
    'before-lax': 'b',
  })
  expect(told).toContain(`dashboard: a -> ${image}`)
  expect(told).toContain('journal: b, which is the same')
})

test('an app that runs a commit by its digest is compared with that commit', async () => {
  const pinned = (tag: string) => `${tag}@sha256:${'0'.repeat(64)}`
  expect(await staleApps(runs({ dashboard: pinned('a'), lax: pinned('b') }), commit, history)).toEqual([
    'dashboard',
    'lax',
  ])
  expect(await staleApps(runs({ lax: pinned(commit) }), commit, history)).toEqual([])
})

test('a commit whose image nobody has pushed is refused, and nothing changes', async () => {
  await newRegistry()
  const { stack, ran, config } = stackWith({ tag: 'b' })
  const refused = roll(stack, { commit, preview: false, changesSince: history, together: false }, () => {})
  await expect(refused).rejects.toThrow(`ct-continuum has no image ${commit}: push it first`)
  expect([ran, config()]).toEqual([[], { tag: 'b' }])
})

test('where nothing is stale, settings and infrastructure are deployed all the same', async () => {
  const { stack, ran, config } = stackWith({ tag: commit })
  await roll(stack, { commit, preview: false, changesSince: history, together: false }, () => {})
  expect(ran).toEqual(['up --yes --skip-preview'])
  expect(config()).toEqual({ tag: commit })
})

test('where all apps are in one task, one that is stale rolls them all: they have one image', async () => {
  const image = await pushed()
  const { stack, ran, config } = stackWith({ tag: 'b' })
  await roll(stack, { commit, preview: false, changesSince: history, together: true }, () => {})
  const rolled = appNames.flatMap((app) => [[`tag-${app}`, image] as const, [`before-${app}`, 'b'] as const])
  expect(config()).toEqual({ tag: 'b', ...Object.fromEntries(rolled) })
  const back = { app: undefined, preview: false, together: true }
  await expect(rollBack(stack, { ...back, app: 'lax' }, () => {})).rejects.toThrow('leave out --app lax')
  expect(await rollBack(stack, back, () => {})).toBe(0)
  expect(ran).toEqual(['up --yes --skip-preview', 'up --yes --skip-preview --message roll --back'])
  for (const app of appNames) expect(config()[`tag-${app}`]).toBe('b')
})

test.each([
  ['fails', { exitCode: 1, preview: false }],
  ['is a preview', { exitCode: 0, preview: true }],
])('the configuration is as before when it %s', async (_, { exitCode, preview }) => {
  const image = await pushed()
  const before = { tag: 'b', 'tag-dashboard': 'a', 'before-dashboard': 'older' }
  const { stack, during, config } = stackWith(before, { exitCode })
  expect(await roll(stack, { commit, preview, changesSince: history, together: false }, () => {})).toBe(exitCode)
  expect(during[0]).toMatchObject({ 'tag-dashboard': image, 'before-dashboard': 'a', 'tag-lax': image })
  expect(config()).toEqual(before)
})

/** Deployments of a stack one after the other, which its history remembers. */
async function deployed(...each: Partial<Record<AppName, string>>[]) {
  const made = stackWith({ tag: 'first' })
  for (const images of each)
    await bringUp(made.stack, new Map(appNames.flatMap((app) => pair(app, images[app]))), false)
  const told: string[] = []
  const back = (app?: AppName, preview = false) =>
    rollBack(made.stack, { app, preview, together: false }, (line) => told.push(line))
  made.ran.length = 0
  return { ...made, told, back }
}
const pair = (app: AppName, image: string | undefined): [AppName, string][] =>
  image === undefined ? [] : [[app, image]]
const all = (image: string) => Object.fromEntries(appNames.map((app) => [app, image]))

describe('one command goes back', () => {
  test('to the images that the last deployment replaced, of all apps that it changed and of no others', async () => {
    const { ran, config, told, back } = await deployed(all('b'), { ...all('b'), lax: 'c', bot: 'c' })
    expect(config()).toMatchObject({ 'tag-journal': 'b', 'before-journal': 'first' })
    expect(await back()).toBe(0)
    expect(told).toEqual(['bot: c -> b', 'lax: c -> b'])
    expect(ran[0]).toMatch(
      /^up --yes --skip-preview --message roll --back --target .*services-queue-worker\*\* .*services-images-kept\*\*$/,
    )
    expect(ran[0]).not.toContain('services-journal')
    for (const app of appNames) expect(config()[`tag-${app}`]).toBe('b')
    expect(config()).toMatchObject({ 'before-lax': 'c', 'before-journal': 'first' })
  })

  test('for one app to the image that it ran before, however many deployments of others came after', async () => {
    const { ran, config, told, back } = await deployed(all('b'), { bot: 'c' })
    expect(await back('lax')).toBe(0)
    expect(told).toEqual(['lax: b -> first'])
    expect(ran[0]).toMatch(/services-lax\*\*/)
    expect(ran[0]).not.toContain('services-worker')
    expect(config()).toMatchObject({ 'tag-lax': 'first', 'tag-bot': 'c', 'tag-journal': 'b' })
  })

  test('once: a second time is refused, and neither goes forth again nor changes anything', async () => {
    const { ran, config, back } = await deployed(all('b'), all('c'))
    expect(await back(undefined, true)).toBe(0)
    expect(await back()).toBe(0)
    const before = config()
    for (const app of [undefined, 'lax'] as const)
      await expect(back(app)).rejects.toThrow(
        /lax was taken back already, from c to b.* is not known to be kept.*roll -- --stack continuum-test --commit/s,
      )
    expect(ran).toHaveLength(2)
    expect(config()).toEqual(before)
  })

  test('for each app apart: one that was taken back alone is refused, another is not', async () => {
    const { told, back } = await deployed(all('b'), all('c'))
    await back('lax')
    await expect(back()).rejects.toThrow('lax was taken back already, from c to b')
    expect(await back('bot')).toBe(0)
    expect(told).toEqual(['lax: c -> b', 'bot: c -> b'])
  })

  test.each(['b', 'c'])('again after another deployment, of %s as of any image', async (image) => {
    const { told, back, stack } = await deployed(all('b'))
    await back()
    await bringUp(stack, new Map([['lax', image]]), false)
    expect(await back()).toBe(0)
    expect(told.slice(-1)).toEqual([`lax: ${image} -> first`])
  })

  test('past deployments that failed, which replaced nothing', async () => {
    const tags = { tag: 'b', 'before-lax': 'a' }
    const { stack } = stackWith(tags, {
      history: [
        { result: 'succeeded', tags },
        { result: 'failed', tags: { tag: 'bad' } },
        { result: 'succeeded', tags: { tag: 'a' } },
      ],
    })
    const told: string[] = []
    await rollBack(stack, { app: 'lax', preview: true, together: false }, (line) => told.push(line))
    expect(told).toEqual(['lax: b -> a'])
  })

  test('by the configuration where the history no longer reaches so far, of one app', async () => {
    const { stack } = stackWith({ tag: 'b', 'before-lax': 'a' })
    const told: string[] = []
    const say = (line: string) => told.push(line)
    await rollBack(stack, { app: 'lax', preview: true, together: false }, say)
    expect(told).toEqual(['lax: b -> a'])
    await expect(rollBack(stack, { app: undefined, preview: true, together: false }, say)).rejects.toThrow(
      'None of the last updates of continuum-test replaced an image: name an app (--app lax)',
    )
  })
})

test('a configuration that is older than the last deployment is refused: it would take back what was deployed since', async () => {
  const { stack } = stackWith({ tag: 'b', 'tag-lax': 'c', 'before-lax': 'b', exec: 'true' })
  await checkUpToDate(stack, { tag: 'b', 'tag-lax': 'c', 'before-lax': 'b' })
  await expect(checkUpToDate(stack, { tag: 'b', 'tag-lax': 'd', 'before-lax': 'c' })).rejects.toThrow(
    'infra/Pulumi.continuum-test.yaml is not that of the last deployment of continuum-test (tag-lax, before-lax)',
  )
})

test('there is no way back to an image of which nothing is known', async () => {
  const { stack } = stackWith({ tag: 'b' })
  await expect(rollBack(stack, { app: 'lax', preview: false, together: false }, () => {})).rejects.toThrow(
    'Of lax no image is known that ran on continuum-test before',
  )
})

test('of a commit that the repository does not have nothing is known: a first push, a rewritten branch', async () => {
  expect(await changesUpTo('HEAD')('0'.repeat(40))).toBeUndefined()
  expect(await changesUpTo('HEAD')('HEAD')).toEqual(new Set())
})
