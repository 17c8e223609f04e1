import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startAwsLocal, type AwsLocal } from '@continuum/aws-local'
import { appNames } from '@continuum/environments'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEcr, type Ecr } from '../registry/ecr.ts'
import { imagesOf, pushImage } from '../registry/images.ts'
import { newCheckout, type Checkout } from './checkout.ts'
import { makeRepository, type Repository } from './git.ts'
import { imagesInUse } from './kept.ts'
import { newShell, storeOf, type Type } from './pulumi.ts'

/**
 * The life of an image on the genuine Pulumi CLI: built once, deployed to test, promoted to prod, taken back, and kept while others
 * expire. Each test continues from the one before it.
 */
let aws: AwsLocal
let ecr: Ecr
let checkout: Checkout
let repository: Repository
let type: Type
let store: string
/** The commits of the checkout, the first with a good image, the second with one that never becomes healthy. */
let first: string
let second: string
let digest: string
let bad: string

const roll = (options: string, stack = 'continuum-test') => type(`node deploy/roll-main.ts --stack ${stack} ${options}`)
const promote = (options = '') => type(`node deploy/promote-main.ts --from continuum-test --to prod ${options}`)
const configOf = async (stack: string): Promise<Record<string, { value: string }>> =>
  JSON.parse((await type(`pulumi config --json -s ${stack}`)).said)

beforeAll(async () => {
  aws = await startAwsLocal()
  checkout = newCheckout()
  store = storeOf(checkout.folder)
  ecr = await startEcr(store)
  type = await newShell(checkout.folder, aws.url, { more: { AWS_ENDPOINT_URL_ECR: ecr.url } })
  repository = makeRepository(checkout)
  first = repository.commit('first')
  for (const stack of ['continuum-test', 'prod']) {
    const up = await type(`pulumi stack init ${stack} && pulumi up -s ${stack} --yes --skip-preview`)
    expect(up.code, up.said).toBe(0)
  }
})
afterAll(async () => {
  checkout[Symbol.dispose]()
  await ecr[Symbol.asyncDispose]()
  await aws.close()
})

test('a commit is deployed by the digest of its image, which the configuration keeps', async () => {
  digest = pushImage(store, 'ct-continuum', first)
  const up = await roll(`--commit ${first}`)
  expect(up.code, up.said).toBe(0)
  const config = await configOf('continuum-test')
  for (const app of appNames) expect(config[`continuum:tag-${app}`]?.value).toBe(`${first}@${digest}`)
  expect(imagesInUse(store, 'ct-continuum')).toEqual([`@${digest}`])
})

test('prod takes nothing that has not run there: neither a commit nor a tag', async () => {
  const refused = 'prod takes only images that have run on continuum-test: npm run promote -- --from continuum-test'
  for (const typed of [`roll-main.ts --stack prod --commit ${first}`, `main.ts lax --stack prod --tag ${first}`]) {
    const ran = await type(`node deploy/${typed}`)
    expect(ran).toMatchObject({ code: 2 })
    expect(ran.said).toContain(refused)
  }
})

test('a preview of a promotion says what each app would get, and copies nothing', async () => {
  const preview = await promote('--preview')
  expect(preview.code, preview.said).toBe(0)
  expect(preview.said).toContain(`lax: nothing yet -> ${first}@${digest}`)
  expect(imagesOf(store, 'prod-continuum')).toEqual([])
})

test('the very same digest goes to prod, which built nothing', async () => {
  const up = await promote()
  expect(up.code, up.said).toBe(0)
  expect(imagesInUse(store, 'prod-continuum')).toEqual([`@${digest}`])
  const [inTest, inProd] = ['ct-continuum', 'prod-continuum'].map((name) => imagesOf(store, name))
  expect(inProd?.map(({ manifest, tags }) => ({ manifest, tags }))).toEqual(
    inTest?.map(({ manifest, tags }) => ({ manifest, tags })),
  )
})

test('an image that never becomes healthy leaves test as it was, and a fresh checkout too', async () => {
  second = repository.commit('second')
  bad = pushImage(store, 'ct-continuum', second, { healthy: false })
  const before = await configOf('continuum-test')
  const up = await roll(`--commit ${second}`)
  expect(up.code).not.toBe(0)
  expect(up.said).toContain('circuit breaker')
  expect(await configOf('continuum-test')).toEqual(before)
  rmSync(join(checkout.folder, 'infra', 'Pulumi.continuum-test.yaml'))
  const preview = await roll(`--commit ${second} --preview`)
  expect(preview.said).toContain(`lax: ${first}@${digest} -> ${second}@${bad}`)
  expect(await configOf('continuum-test')).toEqual(before)
})

test('what failed there is not promoted, nor what never ran there, nor other code', async () => {
  const failed = await promote(`--digest ${bad}`)
  expect(failed.code).toBe(2)
  expect(failed.said).toMatch(`${bad} was deployed to continuum-test at`)
  const unknown = await promote(`--digest sha256:${'0'.repeat(64)}`)
  expect(unknown.code).toBe(2)
  expect(unknown.said).toContain(`never ran on continuum-test: deploy it there first`)
  const otherCode = await promote()
  expect(otherCode.code).toBe(2)
  expect(otherCode.said).toContain(`git switch --detach ${first}`)
  expect(imagesInUse(store, 'prod-continuum')).toEqual([`@${digest}`])
})

test('one command goes back to the image before', async () => {
  const third = repository.commit('third')
  const newer = pushImage(store, 'ct-continuum', third)
  const up = await roll(`--commit ${third}`)
  expect(up.code, up.said).toBe(0)
  expect(imagesInUse(store, 'ct-continuum')).toEqual([`@${newer}`])
  const promoted = await promote()
  expect(promoted.code, promoted.said).toBe(0)
  for (const [stack, images] of [
    ['continuum-test', 'ct-continuum'],
    ['prod', 'prod-continuum'],
  ] as const) {
    const back = await roll('--back', stack)
    expect(back.code, back.said).toBe(0)
    expect(back.said).toContain(`lax: ${third}@${newer} -> ${first}@${digest}`)
    expect(imagesInUse(store, images)).toEqual([`@${digest}`])
  }
})

test('a second time in a row goes neither forth again nor further back', async () => {
  const before = await configOf('prod')
  for (const again of [await roll('--back', 'prod'), await roll('--back --app lax', 'prod')]) {
    expect(again.code).toBe(2)
    expect(again.said).toMatch(/lax was taken back already, from \S+ to \S+\./)
  }
  expect(await configOf('prod')).toEqual(before)
  expect(imagesInUse(store, 'prod-continuum')).toEqual([`@${digest}`])
})

test('sixty newer images later, what runs and what ran before are still there, and older ones are not', async () => {
  const kept = imagesOf(store, 'ct-continuum').filter(({ digest: own }) => own !== bad)
  for (let count = 0; count < 60; count++) pushImage(store, 'ct-continuum', `newer-${count}`)
  const left = imagesOf(store, 'ct-continuum').flatMap(({ tags }) => tags)
  expect(left).toEqual(expect.arrayContaining(kept.flatMap(({ tags }) => tags)))
  expect(left).not.toContain(second)
  expect(left).not.toContain('newer-0')
})

test('a checkout in which somebody deployed earlier takes back nothing: its configuration is refused', async () => {
  const preview = `--commit ${repository.git('rev-parse', 'HEAD')} --preview`
  await type('pulumi config set tag-lax older -s continuum-test')
  const refused = await roll(preview)
  expect(refused.code).toBe(2)
  expect(refused.said).toContain('is not that of the last deployment of continuum-test (tag-lax)')
  rmSync(join(checkout.folder, 'infra', 'Pulumi.continuum-test.yaml'))
  const fresh = await roll(preview)
  expect(fresh.code, fresh.said).toBe(0)
})
