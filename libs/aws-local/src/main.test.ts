import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { DataFolderInUse, startAwsLocal } from './index.ts'
import { runCommand, temporaryFolder } from './testing-process.ts'

test('the command says where it listens, and stops when it is told to', async () => {
  const { url, child } = await runCommand()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(url, { headers: { authorization: 'any' } })).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('with --stop-with-parent it stops when its standard input ends', async () => {
  const { child } = await runCommand('--stop-with-parent')
  child.stdin?.end()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a data folder has one server at a time, and is free when that one dies', async () => {
  const data = temporaryFolder()
  const { kill9 } = await runCommand('--data', data)
  await expect(startAwsLocal({ data })).rejects.toThrow(DataFolderInUse)
  await kill9()
  await using server = await startAwsLocal({ data })
  expect(server.url).toMatch(/^http:/)
})

test('a port that is taken is told in one line', async () => {
  await using server = await startAwsLocal()
  const main = new URL('./main.ts', import.meta.url).pathname
  const { status, stderr } = spawnSync(process.execPath, [main, '--port', new URL(server.url).port], {
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^aws-local could not start: .*EADDRINUSE.*\n$/)
})

test('several servers stand side by side, each with its own store', async () => {
  await using one = await startAwsLocal()
  await using other = await startAwsLocal()
  expect(one.url).not.toBe(other.url)
})
