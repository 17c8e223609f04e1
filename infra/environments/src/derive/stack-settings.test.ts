import { expect, test } from 'vitest'
import { imageOf, partsOf, readStackSettings } from './stack-settings.ts'

const read = (config: Record<string, string>) => readStackSettings('continuum-test', config)
const all = (tag: string | undefined) => ({
  bot: tag,
  dashboard: tag,
  lax: tag,
  journal: tag,
  metrics: tag,
  api: tag,
  deposits: tag,
})
const digest = `sha256:${'0a'.repeat(32)}`

test('a stack without configuration has its own repository, and runs nothing yet', () => {
  expect(read({})).toEqual({ tags: all(undefined), before: all(undefined) })
})

test('an image is split into its repository and its tag or digest', () => {
  const repository = 'registry.example.org:5000/press/continuum'
  expect(read({ image: `${repository}:1.2.0` })).toMatchObject({ repository, tags: all('1.2.0') })
  expect(read({ image: `${repository}@${digest}` })).toMatchObject({ repository, tags: all(digest) })
  expect(imageOf(repository, '1.2.0')).toBe(`${repository}:1.2.0`)
  expect(imageOf(repository, digest)).toBe(`${repository}@${digest}`)
})

test('a tag with its digest names one image for ever: ECS is given the digest', () => {
  const pinned = `1.2.0@${digest}`
  expect(read({ 'tag-lax': pinned, 'before-lax': '1.1.0' })).toMatchObject({
    tags: { lax: pinned },
    before: { lax: '1.1.0', bot: undefined },
  })
  expect(imageOf('registry.example.org/continuum', pinned)).toBe(`registry.example.org/continuum@${digest}`)
  expect([pinned, '1.2.0', digest].map(partsOf)).toEqual([{ tag: '1.2.0', digest }, { tag: '1.2.0' }, { digest }])
  expect(() => read({ tag: '1.2.0@1.1.0' })).toThrow('tag must be')
})

test('the tag of one app goes before the common one, which goes before that of the image', () => {
  const image = 'registry.example.org/continuum:1'
  expect(read({ image, tag: '2', 'tag-dashboard': '3' }).tags).toEqual({ ...all('2'), dashboard: '3' })
  expect(read({ image, 'tag-lax': '3' }).tags).toEqual({ ...all('1'), lax: '3' })
  expect(read({ 'tag-bot': '3' }).tags).toEqual({ ...all(undefined), bot: '3' })
})

test('all that is wrong is said at once, with what is wrong, where, and what to do', () => {
  const wrong = () => read({ image: 'Continuum', tag: 'a b', 'tag-dashbord': '1', exec: 'perhaps' })
  expect(wrong).toThrow('The configuration of the stack continuum-test is invalid (pulumi config -s continuum-test)')
  for (const key of ['image must be', 'tag must be', 'tag-dashbord is unknown', 'exec must be']) {
    expect(wrong).toThrow(key)
  }
  const untagged = () => read({ image: 'registry.example.org/continuum', 'tag-lax': '1' })
  expect(untagged).toThrow('image has no tag for bot, dashboard, journal, metrics, api')
})

test('the step of the rotation of tokens is a whole number', () => {
  expect(read({ rotation: '3' })).toMatchObject({ rotation: 3 })
  expect(() => read({ rotation: '-1' })).toThrow('rotation must be')
  expect(() => read({ rotation: '1.5' })).toThrow('rotation must be')
})
