import { ListBucketsCommand } from '@aws-sdk/client-s3'
import { SetQueueAttributesCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { DeprecateDomainCommand, DescribeDomainCommand } from '@aws-sdk/client-swf'
import { startAwsLocal, type AwsLocal } from '@continuum/aws-local'
import { namesOf, provision, queueUrl, type Clients } from '@continuum/aws-resources'
import { awsNamesOf, loadEnvironment, storageChoices, type Environment } from '@continuum/environments'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../plan/plan.ts'
import { startEcr, type Ecr } from '../registry/ecr.ts'
import { pushImage } from '../registry/images.ts'
import { newCheckout, type Checkout } from './checkout.ts'
import { commands } from './commands.ts'
import { databaseIn, loseDatabase, tasksIn } from './kept.ts'
import { testPackage, type TestPackage } from './package.ts'
import { newShell, storeOf, type Ran, type Type } from './pulumi.ts'
import { clientsAt, publishThrough } from './publish-through.ts'
import { changesOf, countsOf } from './said.ts'

/**
 * The commands of an operator's day on the genuine Pulumi CLI, in order: an environment is created, inspected, changed and destroyed.
 * Each test continues from the one before it.
 */
describe('continuum-test', () => {
  let aws: AwsLocal
  let ecr: Ecr
  let checkout: Checkout
  let type: Type
  let clients: Clients
  let environment: Environment
  let made: number
  let sent: TestPackage
  const push = (tag: string) => pushImage(storeOf(checkout.folder), awsNamesOf(environment).cluster, tag)

  beforeAll(async () => {
    aws = await startAwsLocal()
    checkout = newCheckout()
    sent = testPackage(checkout, 'continuum-test', 'elife')
    ecr = await startEcr(storeOf(checkout.folder))
    type = await newShell(checkout.folder, aws.url, { more: { AWS_ENDPOINT_URL_ECR: ecr.url } })
    environment = await loadEnvironment('continuum-test')
    clients = clientsAt(aws.url)
  })
  afterAll(async () => {
    checkout[Symbol.dispose]()
    await ecr[Symbol.asyncDispose]()
    await aws.close()
  })

  test('pulumi up makes every resource of the plan', async () => {
    expect(await type(commands.init)).toMatchObject({ code: 0 })
    const up = told(await type(commands.up), 'up')
    const plan = await planOf('continuum-test', { config: {} })
    made = plan.resources.length
    expect(up.code, up.said).toBe(0)
    expect(countsOf(up.said)).toEqual({ created: made })
  })

  test('what it made of S3, SQS and SWF is all that `continuum provision` would have made', async () => {
    const things = await provision(clients, namesOf(environment), undefined, storageChoices(environment))
    expect(things.filter(({ outcome }) => outcome === 'created')).toEqual([])
  })

  test('a second pulumi up changes nothing', async () => {
    const up = told(await type(commands.up), 'second up')
    expect(up.code, up.said).toBe(0)
    expect(countsOf(up.said)).toEqual({ unchanged: made })
  })

  test('pulumi preview --expect-no-changes agrees', async () => {
    const preview = told(await type(commands.preview), 'preview')
    expect(preview.code, preview.said).toBe(0)
  })

  test('nothing has drifted', async () => {
    const refresh = told(await type(commands.drift), 'refresh')
    expect(refresh.code, refresh.said).toBe(0)
  })

  test('AWS lists its zones in another order, one of them is away: nothing is replaced', async () => {
    const preview = await type(`STAND_IN_ZONES=c,b ${commands.preview}`)
    expect(preview.code, preview.said).toBe(0)
  })

  test(
    'naming a snapshot touches no database that exists; one that is lost is restored from it',
    { timeout: 900_000 },
    async () => {
      const file = 'infra/environments/continuum-test.ts'
      const [without, named] = ["engine: 'rds'", "engine: 'rds', restoreFrom: { snapshot: 'ct-database-final' }"]
      checkout.change(file, without, named)
      const preview = told(await type(commands.preview), 'preview')
      expect(preview.code, preview.said).toBe(0)
      expect(preview.said).toContain('ct-database is restored from the snapshot ct-database-final if it does not exist')
      expect(loseDatabase(storeOf(checkout.folder))).not.toHaveProperty('snapshotIdentifier')
      const up = told(await type(commands.putBack), 'up --refresh')
      expect(changesOf(up.said), up.said).toContain('created aws:rds:Instance database')
      expect(databaseIn(storeOf(checkout.folder))?.inputs).toMatchObject({ snapshotIdentifier: 'ct-database-final' })
      checkout.change(file, named, without)
      const after = told(await type(commands.preview), 'preview')
      expect(after.code, after.said).toBe(0)
    },
  )

  test('what someone changed by hand is reported, and the next pulumi up --refresh puts it back', async () => {
    const QueueUrl = await queueUrl(clients.sqs, namesOf(environment).queues.starter)
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '7' } }))
    const refresh = await type(commands.drift)
    expect(refresh.code).not.toBe(0)
    expect(refresh.said).toMatch(/~ +aws:sqs:Queue storage-starter .*visibilityTimeoutSeconds/)
    const up = await type(commands.putBack)
    expect(changesOf(up.said), up.said).toEqual(['updated aws:sqs:Queue storage-starter'])
    const held = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
    )
    expect(held.Attributes).toEqual({ VisibilityTimeout: '60' })
  })

  test('a tag that nobody has pushed is refused before anything changes', async () => {
    const set = await type(commands.tag)
    expect(set.code, set.said).toBe(0)
    const up = await type(commands.up)
    expect(up.code).not.toBe(0)
    expect(up.said).toContain('The repository ct-continuum has no image 1.0.0: push it')
    expect(changesOf(up.said)).toEqual([])
  })

  test('with an image the services run, and nothing else changes', async () => {
    push('1.0.0')
    const up = await type(commands.up)
    expect(up.code, up.said).toBe(0)
    const others = changesOf(up.said).filter((change) => !/ aws:(ecs|appautoscaling|cloudwatch|ecr):/.test(change))
    expect(others).toEqual([])
    expect(tasksIn(storeOf(checkout.folder)).filter(({ count }) => count === 0)).toEqual([])
  })

  test('a changed setting changes the one process that has it', async () => {
    checkout.change('infra/environments/continuum-test.ts', "prefix: 'ct-'", "prefix: 'ct-',\n  workerConcurrency: 3")
    const up = await type(commands.up)
    const scaling = 'updated aws:appautoscaling:Policy services-worker'
    expect(changesOf(up.said), up.said).toEqual([...rolled('worker'), scaling].toSorted())
  })

  test('another image of one app changes the processes of that app', async () => {
    push('1.0.1')
    await type(commands.tagOfOneApp)
    const up = await type(commands.up)
    expect(changesOf(up.said), up.said).toEqual([keptImages, ...rolled('dashboard-consumer', 'dashboard-web')])
  })

  test('nx deploy rolls one app alone; a fresh checkout has the configuration of the last deployment', async () => {
    const digest = push('rolled')
    const roll = 'rm Pulumi.continuum-test.yaml && node deploy/main.ts lax --stack continuum-test --tag rolled'
    const up = told(await type(roll), 'deploy')
    expect(up.code, up.said).toBe(0)
    expect(changesOf(up.said), up.said).toEqual([keptImages, ...rolled('lax', 'lax-adaptor')])
    const config = await type('pulumi config --json -s continuum-test')
    expect(JSON.parse(config.said)).toMatchObject({ 'continuum:tag-lax': { value: `rolled@${digest}` } })
    const preview = await type(commands.preview)
    expect(preview.code, preview.said).toBe(0)
  })

  test('a real package runs through what Pulumi made, is approved, and ends published', async () => {
    await publishThrough(checkout, { stack: 'continuum-test', aws: aws.url, clients, sent })
  })

  test('a major version of PostgreSQL is raised in place, and only while the environment allows it', async () => {
    checkout.change('infra/environments/continuum-test.ts', "engine: 'rds'", "engine: 'rds', version: '18'")
    const refused = await type(commands.up)
    expect(refused.code).not.toBe(0)
    expect(refused.said).toContain('AllowMajorVersionUpgrade flag must be present')
    checkout.change('infra/environments/continuum-test.ts', "version: '18'", "version: '18', upgrade: true")
    const up = await type(commands.up)
    expect(up.code, up.said).toBe(0)
    expect(changesOf(up.said)).toContain('updated aws:rds:Instance database')
    expect(changesOf(up.said).filter((change) => /replaced aws:rds:Instance/.test(change))).toEqual([])
    checkout.change('infra/environments/continuum-test.ts', ', upgrade: true', '')
    const after = await type(commands.up)
    expect(changesOf(after.said), after.said).toEqual(['updated aws:rds:Instance database'])
  })

  test('the journal moves behind CloudFront: its host never leads nowhere, and its process alone is told', async () => {
    checkout.change('infra/environments/continuum-test.ts', 'cdn: {}', 'cdn: { journal: true },\n  waf: {}')
    const up = told(await type(commands.up), 'behind CloudFront')
    expect(up.code, up.said).toBe(0)
    const changes = changesOf(up.said)
    expect(changes).toContain('updated aws:route53:Record journal-cdn-a')
    expect(changes).toEqual(expect.arrayContaining(rolled('journal')))
    expect(changes.filter((change) => /aws:(ecs|route53):/.test(change) && !/journal/.test(change))).toEqual([])
  })

  test("and back: the record of the host is the load balancer's again, and the certificates that stay are proven still", async () => {
    checkout.change('infra/environments/continuum-test.ts', 'cdn: { journal: true },\n  waf: {}', 'cdn: {}')
    const up = told(await type(commands.up), 'back from CloudFront')
    expect(up.code, up.said).toBe(0)
    const changes = changesOf(up.said)
    expect(changes).toContain('updated aws:route53:Record entrance-journal')
    expect(
      changes.filter((change) => / aws:route53:Record (entrance-journal|journal-cdn-a)$/.test(change)),
    ).toHaveLength(1)
  })

  test('pulumi destroy takes it all down', async () => {
    const destroy = told(await type(commands.destroy), 'destroy')
    expect(destroy.code, destroy.said).toBe(0)
    const left = await clients.s3.send(new ListBucketsCommand())
    expect(left.Buckets ?? []).toEqual([])
    await expect(queueUrl(clients.sqs, namesOf(environment).queues.starter)).rejects.toThrow('no queue')
  })

  test('pulumi up makes it all again: the domain is taken over, and nothing runs without an image', async () => {
    const again = told(await type(commands.up), 'up again')
    expect(again.code, again.said).toBe(0)
    expect(again.said).toContain('The repository ct-continuum does not exist yet, so nothing runs of')
    expect(countsOf(again.said)).toMatchObject({ imported: 1 })
    const { domain: name } = namesOf(environment)
    expect(await clients.swf.send(new DescribeDomainCommand({ name }))).toMatchObject({
      domainInfo: { status: 'REGISTERED' },
    })
    const preview = await type('pulumi preview -s continuum-test --expect-no-changes')
    expect(preview.said).toContain('has no image')
  })

  test('a domain that an earlier release deprecated is taken back', async () => {
    const { domain: name } = namesOf(environment)
    await type(commands.destroy)
    await clients.swf.send(new DeprecateDomainCommand({ name }))
    const again = await type(commands.up)
    expect(again.code, again.said).toBe(0)
    expect(await clients.swf.send(new DescribeDomainCommand({ name }))).toMatchObject({
      domainInfo: { status: 'REGISTERED' },
    })
  })
})

describe('prod', () => {
  let aws: AwsLocal
  let checkout: Checkout
  let type: Type
  beforeAll(async () => {
    aws = await startAwsLocal()
    checkout = newCheckout()
    type = await newShell(checkout.folder, aws.url)
    await type('pulumi stack init prod')
    const up = await type('pulumi up -s prod --yes')
    expect(up.code, up.said).toBe(0)
  })
  afterAll(async () => {
    checkout[Symbol.dispose]()
    await aws.close()
  })

  test('pulumi destroy is refused, and nothing is gone', async () => {
    const destroy = await type(commands.destroyProd)
    expect(destroy.code).not.toBe(0)
    expect(destroy.said).toMatch(/protect/)
    expect(await type(commands.drift.replace('continuum-test', 'prod'))).toMatchObject({ code: 0 })
  })

  test('a change that would replace what holds data is refused', async () => {
    checkout.change('infra/environments/prod.ts', "organisation: 'elife'", "organisation: 'another'")
    const up = await type('pulumi up -s prod --yes')
    expect(up.code).not.toBe(0)
    expect(up.said).toMatch(/storage-archive.*protect|protect.*storage-archive/s)
    const names = namesOf(await loadEnvironment('prod'))
    const held = await clientsAt(aws.url).s3.send(new ListBucketsCommand())
    const copies = [`${names.buckets.archive}-copy`, `${names.buckets.logs}-archive-copy`]
    const kept = [...Object.values(names.buckets), ...copies]
    expect(held.Buckets?.map(({ Name }) => Name).toSorted()).toEqual(kept.toSorted())
    checkout.change('infra/environments/prod.ts', "organisation: 'another'", "organisation: 'elife'")
  })

  test('a second prod, from a state that knows nothing of the first, is refused', async () => {
    const elsewhere = await newShell(checkout.folder, aws.url, { own: 'another-state' })
    await elsewhere('rm Pulumi.prod.yaml; pulumi stack init prod')
    const up = await elsewhere('pulumi up -s prod --yes')
    expect(up.code).not.toBe(0)
    expect(up.said).toMatch(
      /only-environment-of-elife.*EntityAlreadyExists|EntityAlreadyExists.*\/continuum\/unique\/elife/s,
    )
  })
})

/** A deployment changes which images are kept. */
const keptImages = 'replaced aws:ecr:LifecyclePolicy services-images-kept'

/** The changes of a new revision of the processes. */
const rolled = (...processes: string[]): string[] => [
  ...processes.map((process) => `replaced aws:ecs:TaskDefinition services-${process}`),
  ...processes.map((process) => `updated aws:ecs:Service services-${process}`),
]

/** Prints how long a command took: the figures of the report. */
function told(ran: Ran, what: string): Ran {
  console.log(`${what}: ${ran.seconds.toFixed(1)} s`)
  return ran
}
