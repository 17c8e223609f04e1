import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { RegisterWorkflowTypeCommand, StartWorkflowExecutionCommand } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision, queueUrl } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { expect, onTestFinished, test, vi } from 'vitest'
import { AwsError, standIn } from './aws.fixture.ts'
import { awsStatus } from './aws-status.ts'
import { awsStatusText } from './aws-status-text.ts'
import { deployedConfig } from './deployed-config.ts'
import { execInTask } from './exec.ts'

const environment = await loadEnvironment('continuum-test')
const names = namesOf(environment)

async function localAws() {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  onTestFinished(() => aws.close())
  return createClients({ region: environment.region })
}

test('what runs, what waits and what is dead, as ECS, SQS and SWF tell it', async () => {
  const asked = await standIn('ECS', {
    DescribeServices: () => ({
      services: [
        { serviceName: 'lax', status: 'ACTIVE', desiredCount: 1, runningCount: 1, pendingCount: 0 },
        {
          serviceName: 'worker',
          status: 'ACTIVE',
          desiredCount: 2,
          runningCount: 1,
          pendingCount: 1,
          deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }],
          events: [{ message: '(service worker) was unable to place a task.' }],
        },
        { serviceName: 'journal', status: 'INACTIVE', desiredCount: 0, runningCount: 0, pendingCount: 0 },
      ],
    }),
  })
  const clients = await localAws()
  await provision(clients, names)
  const { sqs, swf } = clients
  const send = async (queue: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(sqs, queue), MessageBody: 'x' }))
  await send(names.queues.starter)
  await send(names.deadLetters.events)
  const type = { name: 'PublishPerfectArticle', version: '1' }
  await swf.send(new RegisterWorkflowTypeCommand({ domain: names.domain, ...type }))
  await swf.send(
    new StartWorkflowExecutionCommand({
      domain: names.domain,
      workflowId: 'article-00353',
      workflowType: type,
      taskList: { name: 'decisions' },
      executionStartToCloseTimeout: '60',
      taskStartToCloseTimeout: '60',
      childPolicy: 'TERMINATE',
    }),
  )

  const text = awsStatusText(await awsStatus(environment))
  expect(asked[0]?.input['cluster']).toBe('ct-continuum')
  const lines = text.split('\n').map((line) => line.replaceAll(/ +/g, ' '))
  expect(lines).toContain(' lax 1 1 0 -')
  expect(lines).toContain('! worker 1 2 1 in progress')
  expect(lines).toContain('! journal not made')
  expect(lines).toContain(' worker: (service worker) was unable to place a task.')
  expect(lines).toContain(' ct-workflow-starter-queue 1 0 0')
  expect(lines).toContain('! ct-event-property-incoming-queue 0 0 1')
  expect(lines).toContain(' SWF domain Publish.ct: open are 1 PublishPerfectArticle')
})

test('an environment that is not made says so, part by part', async () => {
  await standIn('ECS', {
    DescribeServices: () => {
      throw new AwsError('ClusterNotFoundException')
    },
  })
  await localAws()
  const text = awsStatusText(await awsStatus(environment))
  expect(text).toContain('! No service runs in the ECS cluster ct-continuum: it is not made yet (pulumi up)')
  expect(text).toMatch(/! ct-incoming-queue +not made/)
  expect(text).toContain('! The SWF domain Publish.ct is not made.')
})

test('what a task is really started with is what its task definition says', async () => {
  await standIn('ECS', {
    DescribeServices: () => ({ services: [{ serviceName: 'lax', taskDefinition: 'arn:lax:7' }] }),
    DescribeTaskDefinition: ({ taskDefinition }) => ({
      taskDefinition: {
        taskDefinitionArn: taskDefinition,
        containerDefinitions: [
          {
            name: 'lax',
            image: 'registry/continuum:abc',
            environment: [{ name: 'PORT', value: '4602' }],
            secrets: [{ name: 'LAX_TOKEN', valueFrom: 'arn:aws:secretsmanager:x' }],
          },
        ],
      },
    }),
  })
  expect(await deployedConfig('lax', environment)).toEqual({
    image: 'registry/continuum:abc',
    variables: { PORT: '4602' },
    secrets: { LAX_TOKEN: 'arn:aws:secretsmanager:x' },
  })
})

test('ECS, which describes ten services at a time, is asked for all of them', async () => {
  const asked = await standIn('ECS', {
    DescribeServices: ({ services }) => {
      if (!Array.isArray(services) || services.length > 10) throw new AwsError('InvalidParameterException')
      return { services: services.map((serviceName) => ({ serviceName, status: 'ACTIVE', desiredCount: 1 })) }
    },
  })
  await localAws()
  const { services } = await awsStatus(environment)
  expect(services.filter(({ tasks }) => tasks === null)).toEqual([])
  expect(asked.length).toBeGreaterThan(1)
})

test('in the shape small one service has them all, and of its container each is told its own part', async () => {
  const small = await loadEnvironment('small')
  await standIn('ECS', {
    DescribeServices: () => ({
      services: [
        { serviceName: 'services', status: 'ACTIVE', desiredCount: 1, runningCount: 1, taskDefinition: 'arn:7' },
      ],
    }),
    DescribeTaskDefinition: () => ({
      taskDefinition: {
        containerDefinitions: [
          {
            name: 'services',
            environment: [
              { name: 'LAX_PORT', value: '4602' },
              { name: 'JOURNAL_PORT', value: '4601' },
              { name: 'LOG_LEVEL', value: 'info' },
            ],
            secrets: [{ name: 'LAX_TOKEN', valueFrom: 'arn:x:lax-token::' }],
          },
        ],
      },
    }),
  })
  await localAws()
  expect((await awsStatus(small)).services.map(({ name }) => name)).toEqual(['services'])
  expect(await deployedConfig('lax', small)).toEqual({
    image: '',
    variables: { PORT: '4602', LOG_LEVEL: 'info' },
    secrets: { LAX_TOKEN: 'arn:x:lax-token::' },
  })
})

test('there is no shell where no task runs', async () => {
  await standIn('ECS', { ListTasks: () => ({ taskArns: [] }) })
  await expect(execInTask(environment, 'lax', '/bin/sh')).rejects.toThrow(
    'No task of lax is running in the ECS cluster ct-continuum.',
  )
})
