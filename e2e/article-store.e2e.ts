import { existsSync, lstatSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newEnvironment, type Environment } from './environment.ts'

/** The article store's command line on a running environment, and the store made again from the archive of the pipeline. */

let environment: Environment
beforeAll(async () => void (environment = await newEnvironment()))
afterAll(() => environment[Symbol.asyncDispose]())

const id = 'continuum-00001'

async function answers() {
  const paths = ['', `/${id}`, `/${id}/versions`, `/${id}/versions/1`, `/${id}/related`]
  return Promise.all(
    paths.map(async (path) => {
      const reply = await fetch(`${environment.urls.lax}/api/v2/articles${path}`)
      return [path, reply.status, reply.headers.get('etag'), await reply.text()]
    }),
  )
}

/** Removes the databases of a stopped environment, also where they lie elsewhere behind a symbolic link. */
function destroyDatabases() {
  const folder = join(environment.data, 'postgres')
  if (lstatSync(folder).isSymbolicLink()) rmSync(readlinkSync(folder), { recursive: true })
  rmSync(folder, { recursive: true, force: true })
  expect(existsSync(folder)).toBe(false)
}

test('a store that was destroyed is made again from the archive, the same byte for byte', async () => {
  const published = environment.start('--once', '--automatic', '--json')
  expect(await published.ended, [...published.stdout, ...published.stderr].join('\n')).toBe(0)
  const first = environment.start()
  await first.line((line) => line.includes('Ctrl-C stops'))
  const before = await answers()
  expect(before.map(([, status]) => status)).toEqual([200, 200, 200, 200, 200])
  first.signal('SIGTERM')
  expect(await first.ended).toBe(0)

  destroyDatabases()
  const second = environment.start()
  await second.line((line) => line.includes('Ctrl-C stops'))
  expect((await answers()).map(([, status]) => status)).toEqual([200, 404, 404, 404, 404])
  const told = await environment.command('lax', 'rebuild')
  expect([told.code, told.stderr]).toEqual([0, ''])
  expect(told.stdout).toMatch(new RegExp(`\\.zip made: article ${id} version 1, published `))
  await expect.poll(answers).toEqual(before)
  expect((await environment.command('lax', 'rebuild', '--json')).stdout).toMatch(/"result":"kept"/)

  const seen = await fetch(`${environment.urls.lax}/api/v2/articles/${id}`)
  const article = { ...Object(await seen.json()), version: 2, title: 'By hand' }
  const file = join(environment.data, `${id}-v2.xml.json`)
  writeFileSync(file, JSON.stringify({ article }))
  const sent = await environment.command('lax', 'ingest+publish', file, '--json')
  expect([sent.code, JSON.parse(sent.stdout).status]).toEqual([0, 'published'])
  expect((await environment.command('lax', 'publish', `${id}v2`)).code).toBe(1)
  expect((await environment.command('lax', 'publish')).code).toBe(2)
  second.signal('SIGTERM')
  expect(await second.ended).toBe(0)
})
