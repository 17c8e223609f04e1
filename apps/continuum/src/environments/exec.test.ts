import { loadEnvironment } from '@continuum/environments'
import { expect, test } from 'vitest'
import { awsCli, standIn, withoutAwsCli } from './aws.fixture.ts'
import { execInTask } from './exec.ts'

const environment = await loadEnvironment('continuum-test')

test('the AWS CLI opens the shell in a running task, and its exit code is ours', async () => {
  await standIn('ECS', { ListTasks: () => ({ taskArns: ['arn:task/1', 'arn:task/2'] }) })
  const asked = awsCli({ exitCode: 3 })
  expect(await execInTask(environment, 'lax', 'printenv PORT')).toBe(3)
  expect(asked()).toBe(
    'ecs execute-command --region us-east-1 --cluster ct-continuum --task arn:task/1 --container lax --interactive --command printenv PORT',
  )
})

test('without the AWS CLI it says what to install', async () => {
  await standIn('ECS', { ListTasks: () => ({ taskArns: ['arn:task/1'] }) })
  withoutAwsCli()
  await expect(execInTask(environment, 'lax', '/bin/sh')).rejects.toThrow('This needs the AWS CLI (`aws`)')
})
