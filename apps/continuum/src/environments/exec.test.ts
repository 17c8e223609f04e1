import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadEnvironment } from '@continuum/environments'
import { expect, onTestFinished, test, vi } from 'vitest'
import { standIn } from './aws.fixture.ts'
import { execInTask } from './exec.ts'

const environment = await loadEnvironment('continuum-test')

/** An `aws` on the PATH that writes down what it is asked. */
function pathWith(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'aws-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  if (script !== '') writeFileSync(join(folder, 'aws'), script)
  if (script !== '') chmodSync(join(folder, 'aws'), 0o755)
  vi.stubEnv('PATH', folder)
  return folder
}

test('the AWS CLI opens the shell in a running task, and its exit code is ours', async () => {
  await standIn('ECS', { ListTasks: () => ({ taskArns: ['arn:task/1', 'arn:task/2'] }) })
  const folder = pathWith('#!/bin/sh\nfor word; do echo "$word"; done > "$0.asked"\nexit 3\n')
  expect(await execInTask(environment, 'lax', 'printenv PORT')).toBe(3)
  expect(readFileSync(join(folder, 'aws.asked'), 'utf8').trim().split('\n').join(' ')).toBe(
    'ecs execute-command --region us-east-1 --cluster ct-continuum --task arn:task/1 --container lax --interactive --command printenv PORT',
  )
})

test('without the AWS CLI it says what to install', async () => {
  await standIn('ECS', { ListTasks: () => ({ taskArns: ['arn:task/1'] }) })
  pathWith('')
  await expect(execInTask(environment, 'lax', '/bin/sh')).rejects.toThrow('This needs the AWS CLI (`aws`)')
})
