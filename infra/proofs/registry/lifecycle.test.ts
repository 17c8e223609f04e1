import { eachApp } from '@continuum/environments'
import { expect, test } from 'vitest'
import { lifecycleRules } from '../../components/services/repository.ts'
import { expired, type LivingImage } from './lifecycle.ts'

const day = 86_400_000
/** Images in the order of their push, one a minute. */
const pushed = (...tags: string[][]): LivingImage[] =>
  tags.map((own, index) => ({ digest: `sha256:${index}`, tags: own, pushedAt: index * 60_000 }))
const policyOf = (running: Record<string, string>, before: Record<string, string> = {}) =>
  JSON.stringify({
    rules: lifecycleRules({ tags: eachApp((app) => running[app]), before: eachApp((app) => before[app]) }),
  })

test('what runs and what ran before stay, however many newer images there are', () => {
  const newer = Array.from({ length: 60 }, (_, index) => [`newer-${index}`])
  const images = pushed(['old'], ['before'], ['runs'], ...newer)
  const digests = expired(images, policyOf({ lax: 'runs@sha256:2' }, { lax: 'before@sha256:1' }), 0)
  expect(digests).toContain('sha256:0')
  expect(digests).not.toContain('sha256:1')
  expect(digests).not.toContain('sha256:2')
  // The newest fifty, the two that are kept being older.
  expect(digests).toHaveLength(images.length - 52)
  expect(expired(images, policyOf({}), 0)).toEqual(expect.arrayContaining(['sha256:1', 'sha256:2']))
})

test('each app keeps its own, also where an image has several tags', () => {
  const newer = Array.from({ length: 60 }, (_, index) => [`newer-${index}`])
  const images = pushed(['a', 'release-1'], ['b'], ...newer)
  const digests = expired(images, policyOf({ lax: 'release-1', bot: 'b' }), 0)
  expect(digests).not.toContain('sha256:0')
  expect(digests).not.toContain('sha256:1')
})

test('an image without a tag goes after a week', () => {
  const images = pushed([], ['kept'])
  expect(expired(images, policyOf({}), 6 * day)).toEqual([])
  expect(expired(images, policyOf({}), 8 * day)).toEqual(['sha256:0'])
})

test('the rules are those that ECR takes: unique numbers in order, `any` last, one without tags', () => {
  const policy: { rules: { rulePriority: number; description: string; selection: { tagStatus: string } }[] } =
    JSON.parse(policyOf({ lax: 'x', bot: 'x', api: 'y' }, { lax: 'z', bot: 'y' }))
  expect(policy.rules.map(({ rulePriority }) => rulePriority)).toEqual([1, 2, 3, 4, 5])
  expect(policy.rules.map(({ selection }) => selection.tagStatus)).toEqual([
    'tagged',
    'tagged',
    'tagged',
    'untagged',
    'any',
  ])
  expect(policy.rules.map(({ description }) => description)).toEqual([
    'runs: bot, lax',
    'before: bot; runs: api',
    'before: lax',
    'without a tag: 7 days',
    'the newest 50',
  ])
})
