import { RegisterDomainCommand, RegisterWorkflowTypeCommand, SWFClient } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import { createWorkflowClient } from '@continuum/workflow-core'
import { expect, onTestFinished, test } from 'vitest'
import { findRun } from './find-run.ts'

const type = { name: 'Publish', version: '1' }

async function openExecutions() {
  const aws = await startAwsLocal()
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const swf = new SWFClient({ endpoint: aws.url, region: 'us-east-1', credentials })
  onTestFinished(async () => {
    swf.destroy()
    await aws.close()
  })
  const domain = 'Publish.test'
  await swf.send(new RegisterDomainCommand({ name: domain, workflowExecutionRetentionPeriodInDays: '1' }))
  const defaults = { defaultExecutionStartToCloseTimeout: '60', defaultTaskStartToCloseTimeout: '30' }
  await swf.send(new RegisterWorkflowTypeCommand({ domain, ...type, ...defaults }))
  return createWorkflowClient({ swf, domain, taskList: 'decisions' })
}

test('the open run is meant, or else the one that closed last, or the one that is named', async () => {
  const executions = await openExecutions()
  const start = async () => (await executions.start(type, { workflowId: 'article-1', input: {} })).runId ?? ''
  const first = await start()
  await executions.terminate({ workflowId: 'article-1' }, { reason: 'a test' })
  const found = { workflowId: 'article-1', workflow: 'Publish 1' }
  expect(await findRun(executions, 'article-1')).toEqual({ ...found, runId: first, status: 'terminated' })
  const second = await start()
  expect(await findRun(executions, 'article-1')).toEqual({ ...found, runId: second, status: 'open' })
  expect(await findRun(executions, 'article-1', first)).toMatchObject({ runId: first, status: 'terminated' })
})

test('an id that SWF does not know is refused, and those that it knows are named', async () => {
  const executions = await openExecutions()
  await expect(findRun(executions, 'article-9')).rejects.toThrow(
    'SWF knows no execution article-9. It knows none at all.',
  )
  await executions.start(type, { workflowId: 'article-1', input: {} })
  await expect(findRun(executions, 'article-9')).rejects.toThrow('It knows article-1.')
  await expect(findRun(executions, 'article-1', 'r')).rejects.toThrow('SWF knows no execution article-1 with run r.')
})
