import { expect, test } from 'vitest'
import { awsCli, standIn } from '../environments/aws.fixture.ts'
import { rebuild } from './rebuild.ts'

/** The rebuild of an environment in AWS. That of this machine runs in e2e/article-store.e2e.ts. */

test('an environment rebuilds its store in a task that has its database and its archive', async () => {
  const asked = await standIn('ECS', { ListTasks: () => ({ taskArns: ['arn:task/1'] }) })
  const cli = awsCli()
  expect(await rebuild({ env: 'continuum-test', data: 'none', dryRun: true, json: true }, '/')).toBe(0)
  expect(asked[0]).toMatchObject({ operation: 'ListTasks', input: { serviceName: 'lax-adaptor' } })
  expect(cli()).toBe(
    'ecs execute-command --region us-east-1 --cluster ct-continuum --task arn:task/1 --container lax-adaptor --interactive --command node apps/lax/src/rebuild/main.ts --dry-run --json',
  )
})

test('without a running task it says which is missing', async () => {
  await standIn('ECS', { ListTasks: () => ({ taskArns: [] }) })
  const options = { env: 'continuum-test', data: 'none', dryRun: false, json: false }
  await expect(rebuild(options, '/')).rejects.toThrow(
    'No task of lax-adaptor is running in the ECS cluster ct-continuum',
  )
})
