import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { startAwsLocal, type AwsLocal } from '@continuum/aws-local'
import { namesOf, queueUrl } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitHub } from '../../previews/github.fixture.ts'
import { startEcr, type Ecr } from '../registry/ecr.ts'
import { pushImage } from '../registry/images.ts'
import { newCheckout, type Checkout } from './checkout.ts'
import { makeRepository, type Repository } from './git.ts'
import { clientsAt } from './publish-through.ts'
import { newShell, storeOf, type Type } from './pulumi.ts'

/**
 * An environment compared with its code on the genuine Pulumi CLI: what AWS has otherwise, and what a pull request would change. Each
 * test continues from the one before it.
 */
let aws: AwsLocal
let ecr: Ecr
let checkout: Checkout
let repository: Repository
let type: Type

beforeAll(async () => {
  aws = await startAwsLocal()
  checkout = newCheckout()
  const store = storeOf(checkout.folder)
  ecr = await startEcr(store)
  type = await newShell(checkout.folder, aws.url, { more: { AWS_ENDPOINT_URL_ECR: ecr.url } })
  repository = makeRepository(checkout)
  const commit = repository.commit('first')
  for (const command of [
    'pulumi stack init continuum-test',
    'pulumi up -s continuum-test --yes --skip-preview',
    `node deploy/roll-main.ts --stack continuum-test --commit ${commit}`,
  ]) {
    if (command.includes(commit)) pushImage(store, 'ct-continuum', commit)
    const ran = await type(command)
    expect(ran.code, ran.said).toBe(0)
  }
})
afterAll(async () => {
  checkout[Symbol.dispose]()
  await ecr[Symbol.asyncDispose]()
  await aws.close()
})

const drift = (options = '') => type(`node previews/drift-main.ts --stack continuum-test ${options}`)

test('an environment that is as its code says has not drifted', async () => {
  const compared = await drift()
  expect(compared.code, compared.said).toBe(0)
  expect(compared.said).toContain(`continuum-test is as the code of ${repository.git('rev-parse', 'HEAD')} says.`)
})

test('drift is told by resource and property: what is changed by hand, and what the code has and Pulumi does not know', async () => {
  const { sqs } = clientsAt(aws.url)
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
  const runs = repository.git('rev-parse', 'HEAD')
  repository.commit('not deployed')
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
