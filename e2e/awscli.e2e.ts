import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { credentialsOf } from './inspect.ts'
import { newEnvironment, type Environment } from './environment.ts'

const cli = process.env['E2E_AWS_CLI']

/** An operator looks at the local environment with the tool that they know from AWS: Debian's awscli, unchanged. */
describe.skipIf(!cli)(`awscli${cli ? '' : ' (skipped: E2E_AWS_CLI names none)'}`, () => {
  let environment: Environment
  beforeAll(async () => {
    environment = await newEnvironment()
    const run = environment.start()
    await run.line((line) => line.includes('READY TO PUBLISH'))
  })
  afterAll(() => environment[Symbol.asyncDispose]())

  async function aws(...args: string[]): Promise<string> {
    const { accessKeyId, secretAccessKey } = credentialsOf(environment)
    const { stdout } = await promisify(execFile)(cli ?? 'aws', ['--endpoint-url', environment.urls.aws, ...args], {
      env: {
        PATH: process.env['PATH'],
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_DEFAULT_REGION: 'us-east-1',
      },
    })
    return stdout
  }

  test('aws s3 ls', async () => {
    const buckets = await aws('s3', 'ls')
    expect(
      buckets
        .trim()
        .split('\n')
        .map((line) => line.split(' ').at(-1)),
    ).toEqual(expect.arrayContaining(['local-continuum-production-final', 'local-continuum-publishing-cdn']))
    expect(await aws('s3', 'ls', 's3://local-continuum-production-final')).toContain('continuum-00001-vor-r1.zip')
    expect(
      await aws('s3', 'ls', '--recursive', 's3://local-continuum-publishing-expanded/continuum-00001.1/'),
    ).toContain('continuum-00001-v1.xml')
  })

  test('aws sqs list-queues', async () => {
    const { QueueUrls }: { QueueUrls: string[] } = JSON.parse(await aws('sqs', 'list-queues', '--output', 'json'))
    expect(QueueUrls.map((url) => url.split('/').at(-1))).toEqual(
      expect.arrayContaining([
        'local-incoming-queue',
        'local-incoming-queue-dead',
        'local-workflow-starter-queue',
        'local-event-property-incoming-queue',
      ]),
    )
  })

  test('aws swf list-open-workflow-executions, list-closed-workflow-executions', async () => {
    const listed = (state: string) =>
      aws(
        'swf',
        `list-${state}-workflow-executions`,
        '--domain',
        'Publish.local',
        '--start-time-filter',
        'oldestDate=0',
        '--output',
        'json',
      )
    const open: { executionInfos: unknown[] } = JSON.parse(await listed('open'))
    expect(open.executionInfos).toEqual([])
    const closed: { executionInfos: unknown[] } = JSON.parse(await listed('closed'))
    expect(closed.executionInfos).toEqual([
      expect.objectContaining({
        execution: expect.objectContaining({ workflowId: 'article-continuum-00001' }),
        workflowType: expect.objectContaining({ name: 'PublishPerfectArticle' }),
        closeStatus: 'COMPLETED',
      }),
    ])
  })
})
