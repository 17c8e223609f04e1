import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { startAwsLocal, type AwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, queueUrl } from '@continuum/aws-resources'
import { appNames, loadEnvironment } from '@continuum/environments'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitHub } from '../../previews/github.fixture.ts'
import { startEcr, type Ecr } from '../registry/ecr.ts'
import { imagesOf, pushImage } from '../registry/images.ts'
import { newCheckout, type Checkout } from './checkout.ts'
import { imagesInUse } from './kept.ts'
import { newShell, storeOf, type Type } from './pulumi.ts'

/**
 * The life of an image on the genuine Pulumi CLI: built once, deployed to test, promoted to prod, taken back, and kept while others
 * expire. Each test continues from the one before it.
 */
let aws: AwsLocal
let ecr: Ecr
let checkout: Checkout
let type: Type
let store: string
/** The commits of the checkout, the first with a good image, the second with one that never becomes healthy. */
let first: string
let second: string
let digest: string
let bad: string

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Proof', '-c', 'user.email=proof@example.org', ...args], {
    cwd: checkout.folder,
    encoding: 'utf8',
  }).trim()
/** Commits a change of what every image has. @returns its hash */
const commit = (subject: string) => {
  writeFileSync(join(checkout.folder, 'Dockerfile'), `# ${subject}\n`)
  git('add', 'Dockerfile')
  git('commit', '--quiet', '--message', subject)
  return git('rev-parse', 'HEAD')
}
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
  git('init', '--quiet')
  git('add', 'infra')
  first = commit('first')
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
  const [inTest, inProd] = ['ct-continuum', 'prod-continuum'].map((repository) => imagesOf(store, repository))
  expect(inProd?.map(({ manifest, tags }) => ({ manifest, tags }))).toEqual(
    inTest?.map(({ manifest, tags }) => ({ manifest, tags })),
  )
})

test('an image that never becomes healthy leaves test as it was, and a fresh checkout too', async () => {
  second = commit('second')
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
  const third = commit('third')
  const newer = pushImage(store, 'ct-continuum', third)
  const up = await roll(`--commit ${third}`)
  expect(up.code, up.said).toBe(0)
  expect(imagesInUse(store, 'ct-continuum')).toEqual([`@${newer}`])
  const promoted = await promote()
  expect(promoted.code, promoted.said).toBe(0)
  for (const [stack, repository] of [
    ['continuum-test', 'ct-continuum'],
    ['prod', 'prod-continuum'],
  ] as const) {
    const back = await roll('--back', stack)
    expect(back.code, back.said).toBe(0)
    expect(back.said).toContain(`lax: ${third}@${newer} -> ${first}@${digest}`)
    expect(imagesInUse(store, repository)).toEqual([`@${digest}`])
  }
})

test('sixty newer images later, what runs and what ran before are still there, and older ones are not', async () => {
  const kept = imagesOf(store, 'ct-continuum').filter(({ digest: own }) => own !== bad)
  for (let count = 0; count < 60; count++) pushImage(store, 'ct-continuum', `newer-${count}`)
  const left = imagesOf(store, 'ct-continuum').flatMap(({ tags }) => tags)
  expect(left).toEqual(expect.arrayContaining(kept.flatMap(({ tags }) => tags)))
  expect(left).not.toContain(second)
  expect(left).not.toContain('newer-0')
  const again = await roll('--back --app lax')
  expect(again.code, again.said).toBe(0)
  expect(imagesInUse(store, 'ct-continuum')).toHaveLength(2)
})

test('a checkout in which somebody deployed earlier takes back nothing: its configuration is refused', async () => {
  const preview = `--commit ${git('rev-parse', 'HEAD')} --preview`
  await type('pulumi config set tag-lax older -s continuum-test')
  const refused = await roll(preview)
  expect(refused.code).toBe(2)
  expect(refused.said).toContain('is not that of the last deployment of continuum-test (tag-lax)')
  rmSync(join(checkout.folder, 'infra', 'Pulumi.continuum-test.yaml'))
  const fresh = await roll(preview)
  expect(fresh.code, fresh.said).toBe(0)
})

const drift = (options = '') => type(`node previews/drift-main.ts --stack continuum-test ${options}`)

test('an environment that is as its code says has not drifted', async () => {
  const compared = await drift()
  expect(compared.code, compared.said).toBe(0)
  expect(compared.said).toContain(`continuum-test is as the code of ${git('rev-parse', 'HEAD')} says.`)
})

test('drift is told by resource and property: what is changed by hand, and what the code has and Pulumi does not know', async () => {
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' })
  const { sqs } = createClients({ region: 'us-east-1' })
  const QueueUrl = await queueUrl(sqs, namesOf(await loadEnvironment('continuum-test')).queues.starter)
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '7' } }))
  const { deployment } = JSON.parse((await type('pulumi stack export -s continuum-test')).said)
  // Nothing depends on it.
  const overview = deployment.resources.find(({ type: of }: { type: string }) => of.endsWith(':Dashboard'))
  const forgotten = await type(`pulumi state delete -s continuum-test --yes '${overview.urn}'`)
  expect(forgotten.code, forgotten.said).toBe(0)
  const compared = await drift()
  expect(compared.code, compared.said).toBe(1)
  expect(compared.said).toContain('resources that differ: 2')
  expect(compared.said).toContain(
    'aws:sqs/queue:Queue storage-starter: differs\n  visibilityTimeoutSeconds: 7 in AWS, 60 by the code',
  )
  expect(compared.said).toContain('aws:cloudwatch/dashboard:Dashboard alarms-overview: missing')
})

test('drift is compared with the code that runs, and with no other', async () => {
  const runs = git('rev-parse', 'HEAD')
  commit('not deployed')
  const compared = await drift()
  expect(compared.code).toBe(2)
  expect(compared.said).toContain(`git switch --detach ${runs}`)
  expect((await drift('--commit')).said.trim()).toBe(runs)
})

test('a pull request is told what it would change, and told again in the same place', async () => {
  const { comments, pullRequest } = await gitHub()
  const variables = `GITHUB_API_URL=${pullRequest.api} GITHUB_TOKEN=token GITHUB_REPOSITORY=press/continuum GITHUB_RUN_ID=7 GITHUB_SERVER_URL=https://github.example.org`
  const preview = () => type(`${variables} node previews/preview-main.ts --stack continuum-test --pull-request 12`)
  const told = await preview()
  expect(told.code, told.said).toBe(0)
  expect(comments.map(({ body }) => body.split('\n')[1])).toEqual(['### continuum-test: 1 to create'])
  expect(comments[0]?.body).toContain('https://github.example.org/press/continuum/actions/runs/7')
  expect(comments[0]?.body).toContain('alarms-overview')
  checkout.change('infra/environments/continuum-test.ts', "prefix: 'ct-'", "prefix: 'ct-',\n  workerConcurrency: 3")
  await preview()
  expect(comments.map(({ body }) => body.split('\n')[1])).toEqual([
    '### continuum-test: 1 to create, 2 to update, 1 to replace',
  ])
})
