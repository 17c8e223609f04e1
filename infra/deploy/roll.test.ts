import { appNames, type AppName } from '@continuum/environments'
import { expect, test } from 'vitest'
import type { PulumiStack } from './pulumi-cli.ts'
import { roll } from './roll.ts'
import { changesUpTo, staleApps, type ChangesSince } from './stale.ts'

const commit = 'c'.repeat(40)
const runs = (tags: Partial<Record<AppName, string>>, otherwise = commit) =>
  new Map(appNames.map((app) => [app, tags[app] ?? otherwise]))

/** A stack in memory, as the Pulumi CLI shows it. */
function stackWith(tags: Record<string, string>, exitCode = 0) {
  const config = new Map(Object.entries(tags))
  const ran: string[] = []
  const during: Record<string, string>[] = []
  const stack: PulumiStack = {
    config: async (verb = '', key = '', value = '') => {
      if (verb === 'set') config.set(key, value)
      if (verb === 'rm') config.delete(key)
      return JSON.stringify(
        Object.fromEntries([...config].map(([name, text]) => [`continuum:${name}`, { value: text }])),
      )
    },
    run: async (...args) => {
      ran.push(args.join(' '))
      during.push(Object.fromEntries(config))
      return exitCode
    },
  }
  return { stack, ran, during, config: () => Object.fromEntries(config) }
}

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

test('the stale apps get the tag of the commit, and the whole stack is brought up', async () => {
  const { stack, ran, config } = stackWith({ tag: 'b', 'tag-dashboard': 'a' })
  const told: string[] = []
  expect(
    await roll(stack, { commit, preview: false, changesSince: history, together: false }, (line) => told.push(line)),
  ).toBe(0)
  expect(ran).toEqual(['up --yes --skip-preview'])
  expect(config()).toEqual({ tag: 'b', 'tag-dashboard': commit, 'tag-lax': commit })
  expect(told).toContain(`dashboard: a -> ${commit}`)
  expect(told).toContain('journal: b, which is the same')
})

test('where nothing is stale, settings and infrastructure are deployed all the same', async () => {
  const { stack, ran, config } = stackWith({ tag: commit })
  await roll(stack, { commit, preview: false, changesSince: history, together: false }, () => {})
  expect(ran).toEqual(['up --yes --skip-preview'])
  expect(config()).toEqual({ tag: commit })
})

test('where all apps are in one task, one that is stale rolls them all: they have one image', async () => {
  const { stack, config } = stackWith({ tag: 'b' })
  await roll(stack, { commit, preview: false, changesSince: history, together: true }, () => {})
  expect(config()).toEqual({ tag: 'b', ...Object.fromEntries(appNames.map((app) => [`tag-${app}`, commit])) })
})

test.each([
  ['fails', { exitCode: 1, preview: false }],
  ['is a preview', { exitCode: 0, preview: true }],
])('the configuration is as before when it %s', async (_, { exitCode, preview }) => {
  const before = { tag: 'b', 'tag-dashboard': 'a' }
  const { stack, during, config } = stackWith(before, exitCode)
  expect(await roll(stack, { commit, preview, changesSince: history, together: false }, () => {})).toBe(exitCode)
  expect(during[0]).toMatchObject({ 'tag-dashboard': commit, 'tag-lax': commit })
  expect(config()).toEqual(before)
})

test('of a commit that the repository does not have nothing is known: a first push, a rewritten branch', async () => {
  expect(await changesUpTo('HEAD')('0'.repeat(40))).toBeUndefined()
  expect(await changesUpTo('HEAD')('HEAD')).toEqual(new Set())
})
