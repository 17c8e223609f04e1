import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DataFolderInUseError, startAwsLocal } from './index.ts'
import { runCommand, temporaryFolder } from './testing/internal/process.ts'

test('the command prints its URL and stops on SIGTERM', async () => {
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
  await expect(startAwsLocal({ data })).rejects.toThrow(DataFolderInUseError)
  await kill9()
  await using server = await startAwsLocal({ data })
  expect(server.url).toMatch(/^http:/)
})

test('several servers run side by side, each with its own store', async () => {
  await using one = await startAwsLocal()
  await using other = await startAwsLocal()
  expect(one.url).not.toBe(other.url)
})

test('the reason why the command cannot start is printed in one line', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'file')
  writeFileSync(file, 'no keys')
  const database = join(folder, 'other')
  await using one = await startAwsLocal({ data: database })
  const { port } = new URL(one.url)

  const told = (...options: string[]) => failing('--port', '0', ...options)
  expect(await told('--port', port)).toMatch(
    /^aws-local could not start: port \d+ of 127\.0\.0\.1 is already in use: .+--port\.\n$/,
  )
  expect(await told('--data', database)).toMatch(
    /^aws-local could not start: The data folder .+ is in use by another process: .+\n$/,
  )
  expect(await told('--data', join(file, 'inside'))).toMatch(
    /^aws-local could not start: cannot write to .+ENOTDIR.+\n$/,
  )
  // A folder that exists, but in which no folder can be created.
  expect(await told('--data', '/proc/x')).toMatch(/^aws-local could not start: cannot write to \/proc\/x: ENOENT.+\n$/)
  expect(await told('--keys', file)).toMatch(/^aws-local could not start: Invalid key file: not a JSON object\..+\n$/)
  expect(await told('--keys', join(folder, 'none'))).toMatch(/^aws-local could not start: ENOENT.+\n$/)
})

/** The command's standard error when it fails to start. */
function failing(...options: string[]): Promise<string> {
  const main = new URL('./main.ts', import.meta.url).pathname
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [main, ...options], { timeout: 10_000 }, (error, _, stderr) =>
      error?.code === 1 ? resolve(stderr) : reject(new Error(`It ended with ${error?.code}: ${stderr}`)),
    )
  })
}
