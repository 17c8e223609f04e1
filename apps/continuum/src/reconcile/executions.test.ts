import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { RegisterWorkflowTypeCommand } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision, queueUrl } from '@continuum/aws-resources'
import { createWorkflowClient } from '@continuum/workflow-core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { areMessagesWaiting, articleOf, executionDifferences, openArticles, type WorkSeen } from './executions.ts'

const seen = (open: string[], underWay: string[], messages = false): WorkSeen => ({
  open: new Set(open),
  underWay: new Set(underWay),
  messages,
})

test('18.1: SWF and the dashboard agree where both or neither work on an article', () => {
  expect(executionDifferences(seen(['00353', '00354'], ['00354', '00353']))).toEqual([])
  expect(executionDifferences(seen([], []))).toEqual([])
})

test('18.1: what only one of SWF and dashboard works on is shown, with what to do', () => {
  const [lost, unseen, ...more] = executionDifferences(seen(['00354'], ['00353']))
  expect(lost?.message).toMatch(/^00353 is under way on the dashboard, and SWF has no open execution .*run it again/)
  expect(unseen?.message).toMatch(
    /^00354 has an open execution in SWF, which the dashboard does not show.*article-00354$/,
  )
  expect(more).toEqual([])
})

test('18.1: while a message is on its way they may differ', () => {
  expect(executionDifferences(seen(['00354'], ['00353'], true))).toEqual([])
})

test.each([
  ['article-00353', '00353'],
  ['article-ijm-00202', 'ijm-00202'],
  ['article-00353.2-approval', '00353'],
  ['post-publication-00353.1.a', undefined],
  ['embargo-00353.1.a', undefined],
  ['deposit-00353', undefined],
])('the execution %s works on %s', (workflowId, article) => {
  expect(articleOf(workflowId)).toBe(article)
})

test('18.1: open executions and waiting messages are read from SWF and SQS', async () => {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy()
    vi.unstubAllEnvs()
    await aws.close()
  })
  const { domain, queues, taskLists } = namesOf({ prefix: 'test-', organisation: 'continuum' })
  await provision(clients, namesOf({ prefix: 'test-', organisation: 'continuum' }))
  const type = { name: 'Publish', version: '1' }
  await clients.swf.send(
    new RegisterWorkflowTypeCommand({
      domain,
      ...type,
      defaultExecutionStartToCloseTimeout: '60',
      defaultTaskStartToCloseTimeout: '30',
    }),
  )
  const executions = createWorkflowClient({ swf: clients.swf, domain, taskList: taskLists.decisions })
  for (const workflowId of ['article-00353', 'article-00354', 'embargo-00355.1.a'])
    await executions.start(type, { workflowId, input: {} })
  await executions.terminate({ workflowId: 'article-00354' }, { reason: 'a test' })
  expect(await openArticles(executions)).toEqual(new Set(['00353']))

  expect(await areMessagesWaiting(clients.sqs, queues)).toBe(false)
  const QueueUrl = await queueUrl(clients.sqs, queues.events)
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }))
  expect(await areMessagesWaiting(clients.sqs, queues)).toBe(true)
})
