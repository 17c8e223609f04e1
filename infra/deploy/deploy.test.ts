import { appNames } from '@continuum/environments'
import { describe, expect, test } from 'vitest'
import { planOf } from '../proofs/plan/plan.ts'
import { orderOf } from './order.ts'
import { keptImages, targetsOf } from './targets.ts'

/** Pulumi's wildcards: `**` is any text, `*` any without a colon. */
const matcher = (target: string) =>
  new RegExp(
    `^${target
      .split('**')
      .map((part) =>
        part
          .split('*')
          .map((plain) => RegExp.escape(plain))
          .join('[^:]*'),
      )
      .join('.*')}$`,
  )

describe('a deployment of one app', () => {
  const stack = 'prod'

  test(
    'may touch its own processes, and what changes with its tag is among them: no app reaches another’s',
    { timeout: 120_000 },
    async () => {
      const before = await planOf(stack, { config: { 'continuum:tag': '1' } })
      const inputs = new Map(before.resources.map(({ urn, inputs: given }) => [urn, JSON.stringify(given)]))
      const reach = new Map(
        appNames.map((app) => {
          const targets = targetsOf(stack, app).map(matcher)
          return [
            app,
            before.resources.map(({ urn }) => urn).filter((urn) => targets.some((target) => target.test(urn))),
          ]
        }),
      )
      const reached = [...reach.values()].flat()
      expect(new Set(reached).size).toBe(reached.length)
      // All that a process is made of is somebody's; the secrets, the cluster and the network are nobody's.
      const ofProcesses = before.resources.filter(({ urn }) => /services:Process\$/.test(urn)).map(({ urn }) => urn)
      expect(reached.toSorted()).toEqual(ofProcesses.toSorted())

      // Every deployment reaches one resource more: the policy that keeps images from expiring.
      const kept = matcher(keptImages(stack))
      expect(before.resources.filter(({ urn }) => kept.test(urn)).map(({ type }) => type)).toEqual([
        'aws:ecr/lifecyclePolicy:LifecyclePolicy',
      ])

      // Two apps in one plan, each with a tag of its own: a change that has one's tag is within reach of that app alone.
      const tags = { dashboard: 'tag-of-the-dashboard', lax: 'tag-of-lax' }
      const after = await planOf(stack, {
        config: {
          'continuum:tag': '1',
          ...Object.fromEntries(Object.entries(tags).map(([app, tag]) => [`continuum:tag-${app}`, tag])),
        },
      })
      const changed = after.resources.filter(
        ({ urn, inputs: given, type }) =>
          type !== 'pulumi:pulumi:Stack' && !kept.test(urn) && inputs.get(urn) !== JSON.stringify(given),
      )
      for (const app of ['dashboard', 'lax'] as const) {
        expect(after.resources.find(({ urn }) => kept.test(urn))?.inputs['policy']).toContain(tags[app])
        const its = changed
          .filter(({ inputs: given }) => JSON.stringify(given).includes(tags[app]))
          .map(({ urn }) => urn)
        expect(its.length).toBeGreaterThan(0)
        expect(its.filter((urn) => !reach.get(app)?.includes(urn))).toEqual([])
      }
      const both = [...(reach.get('dashboard') ?? []), ...(reach.get('lax') ?? [])]
      expect(changed.map(({ urn }) => urn).filter((urn) => !both.includes(urn))).toEqual([])
    },
  )
})

describe('the command', () => {
  const stacks = ['continuum-test', 'prod']

  test('says what is to be rolled where', () => {
    expect(orderOf(['lax', '--stack=prod', '--tag=abc'], stacks)).toEqual({
      app: 'lax',
      stack: 'prod',
      tag: 'abc',
      preview: false,
    })
    expect(orderOf(['bot', '--stack', 'prod', '--tag', 'abc', '--preview'], stacks).preview).toBe(true)
  })

  test('is refused with all that is wrong with it', () => {
    const wrong = () => orderOf(['worker', '--stack', 'local', '--tag', 'a b'], stacks)
    expect(wrong).toThrow('Unknown app "worker". Known apps: bot, dashboard, lax, journal, metrics, api, deposits.')
    expect(wrong).toThrow('--stack "local" is not one of continuum-test, prod.')
    expect(wrong).toThrow('--tag "a b" is neither an image tag nor a digest.')
    expect(() => orderOf(['lax', '--stack', 'prod'], stacks)).toThrow('--tag is missing')
    expect(() => orderOf(['lax', '--stak', 'prod'], stacks)).toThrow("Unknown option '--stak'")
  })
})
