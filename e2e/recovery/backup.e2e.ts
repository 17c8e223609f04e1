import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { commandsOf } from '../documents/blocks.ts'
import { root } from '../environment.ts'
import { otherPostgres } from '../other-postgres.ts'

const bin = process.env['E2E_OTHER_POSTGRES']
const token = 'a-token-of-the-tests'
const journal = { name: 'eLife', publisher: 'P', prefix: 'elife', doiPrefix: '10.7554/eLife.', idDigits: 5 }

/** The article store on a database, without a queue: what it should tell others waits in its outbox. */
async function startLax(databaseUrl: string) {
  const child = spawn(process.execPath, [join(root, 'apps/lax/src/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: databaseUrl,
      LAX_TOKEN: token,
      JOURNALS: JSON.stringify([journal]),
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line).url)
    }),
  )
  const ask = async (path: string, method = 'GET', body?: unknown, trusted = true) => {
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(trusted && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return {
      status: reply.status,
      etag: reply.headers.get('etag'),
      type: reply.headers.get('content-type'),
      text: await reply.text(),
    }
  }
  const change = async (method: string, path: string, body: unknown) =>
    expect(await ask(`/api/v2/articles${path}`, method, body)).toMatchObject({ status: 200 })
  return {
    change,
    ask,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'close')
    },
    ingest: (id: string, version = 1, more: object = {}, query = '?publish=true') =>
      change('PUT', `/${id}/versions/${version}${query}`, {
        article: articleOf(id, version, more),
        run: `${id} ${version}`,
      }),
    /** All that readers and editors can see of these articles. */
    answers: async (ids: readonly string[]) => {
      const ends = ['', '/versions', '/versions/1', '/versions/2', '/related']
      const paths = [
        ...['', '?order=asc&per-page=2', ...ids.flatMap((id) => ends.map((end) => `/${id}${end}`))].map(
          (path) => `/api/v2/articles${path}`,
        ),
        '/api/v2/search?for=rivers',
        '/api/v2/subjects',
        ...ids.map((id) => `/api/v1/article/${id}/version/`),
        '/api/v1/corpus/info/',
      ]
      const asked = paths.flatMap((path) =>
        [true, false].map(async (trusted) => [path, trusted, await ask(path, 'GET', undefined, trusted)]),
      )
      return Promise.all(asked)
    },
  }
}

function articleOf(id: string, version: number, more: object) {
  const content = [{ type: 'paragraph', text: 'Naïve rivers 自由.' }]
  return {
    status: 'vor',
    id,
    version,
    type: 'research-article',
    doi: `10.7554/eLife.${id}`,
    title: `How rivers bend ${id}`,
    published: '2012-12-13T00:00:00Z',
    volume: 1,
    elocationId: `e${id}`,
    subjects: [{ id: 'ecology', name: 'Ecology' }],
    copyright: { license: 'CC-BY-3.0', holder: 'Researcher', statement: 'Free to use.' },
    body: [{ type: 'section', id: 's1', title: 'Results', content }],
    ...more,
  }
}

/** Runs a program of PostgreSQL. */
const tool = (name: string, ...args: string[]) => execFileSync(join(bin ?? '', name), args, { encoding: 'utf8' })
/** Types the command of docs/operators.md that begins so, as it stands there. */
const typed = (begin: string, folder: string, url: string) =>
  execFileSync(
    'sh',
    ['-c', commandsOf('docs/operators.md').find((each) => each.typed.startsWith(begin))?.typed ?? 'false'],
    {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: url, PATH: `${bin}:${process.env['PATH']}` },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
const waiting = (url: string) => Number(tool('psql', '-Atc', 'select count(*) from lax.outbox', url))

describe.skipIf(!bin)(
  `a backup of the article store${bin ? '' : ' (skipped: E2E_OTHER_POSTGRES names no PostgreSQL)'}`,
  () => {
    test('that pg_dump makes of the running store, restored on another server, answers the same byte for byte', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'backup-'))
      onTestFinished(() => rmSync(folder, { recursive: true }))
      const dump = join(folder, 'lax.dump')
      const first = await otherPostgres(bin ?? '')
      onTestFinished(() => first.stop())
      const before = await startLax(first.url)
      await before.ingest('00001', 1, { '-related-articles-internal': ['00002'] })
      await before.ingest('00001', 2, { title: 'A correction waits' }, '')
      await before.ingest('00002')
      await before.change('POST', '/00002/fragments/extra', { extra: { naïve: 'Ünïcödé' } })
      await before.ingest('00003')
      await before.change('PUT', '/00003/withdrawal', { who: 'An editor', why: 'It is wrong.' })
      const ids = ['00001', '00002', '00003', '00099']
      const answers = await before.answers(ids)
      const told = waiting(first.url)
      expect(told).toBeGreaterThan(4)
      typed('pg_dump ', folder, first.url)

      const second = await otherPostgres(bin ?? '')
      onTestFinished(() => second.stop())
      tool('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${second.url}`, dump)
      const after = await startLax(second.url)
      expect(await after.answers(ids)).toEqual(answers)
      expect(waiting(second.url)).toBe(told)

      // The same in place, as where the server is well and the store's tables are not.
      await before.stop()
      typed('psql ', folder, first.url)
      typed('pg_restore ', folder, first.url)
      expect(await (await startLax(first.url)).answers(ids)).toEqual(answers)

      await after.change('POST', '/00001/versions/2', {})
      await after.ingest('00004')
      expect(JSON.parse((await after.ask('/api/v2/articles', 'GET', undefined, false)).text)).toMatchObject({
        total: 3,
        items: [{ id: '00001', version: 2 }, { id: '00004' }, { id: '00002' }],
      })
    })

    test('that is made while articles are being published has each of them whole, or not at all', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'backup-'))
      onTestFinished(() => rmSync(folder, { recursive: true }))
      const server = await otherPostgres(bin ?? '')
      onTestFinished(() => server.stop())
      const before = await startLax(server.url)
      const idOf = (n: number) => String(n).padStart(5, '0')
      let published = 0
      const stopping = new AbortController()
      const publishing = (async () => {
        while (!stopping.signal.aborted) {
          await before.ingest(idOf(published + 1))
          published++
        }
      })()
      const dumps: { file: string; least: number; most: number }[] = []
      for (const index of [1, 2, 3]) {
        await expect.poll(() => published, { timeout: 60_000 }).toBeGreaterThan(20 * index)
        const file = join(folder, `${index}.dump`)
        const least = published
        const dumping = spawn(join(bin ?? '', 'pg_dump'), [
          '--format=custom',
          '--schema=lax',
          `--file=${file}`,
          server.url,
        ])
        expect((await once(dumping, 'close'))[0]).toBe(0)
        dumps.push({ file, least, most: published + 1 })
      }
      stopping.abort()
      await publishing

      for (const [index, { file, least, most }] of dumps.entries()) {
        const url = new URL(server.url)
        url.pathname = `/restored_${index}`
        tool('psql', '-qc', `create database restored_${index}`, server.url)
        tool('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${url.href}`, file)
        const after = await startLax(url.href)
        const seen = async (path: string) => JSON.parse((await after.ask(path, 'GET', undefined, false)).text)
        const { total } = await seen('/api/v2/articles')
        expect(total).toBeGreaterThanOrEqual(least)
        expect(total).toBeLessThanOrEqual(most)
        expect((await seen('/api/v2/search?for=rivers')).total).toBe(total)
        for (let n = 1; n <= total; n++)
          expect(await seen(`/api/v2/articles/${idOf(n)}/versions/1`)).toMatchObject({ id: idOf(n) })
        expect(await seen(`/api/v2/articles/${idOf(total + 1)}`)).toEqual({ title: 'not found' })
      }
    })
  },
)
