import { createServer } from 'node:http'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { newEnvironment, root, type Environment } from '../environment.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0'
const [article, other] = ['continuum-00001', 'ijm-00202']
const patient = { timeout: 60_000, interval: 500 }

/** Readers, libraries and scripts on a running environment: what is counted, what the API answers, what a withdrawal takes away. */
describe('readers and what is counted of them', () => {
  let environment: Environment
  let browser: Browser

  beforeAll(async () => {
    environment = await newEnvironment()
    const zips = [`${article}-vor-r1.zip`, `${other}-vor-r1.zip`].map((name) => join(root, 'sample', name))
    const run = environment.start('--automatic', '--json', ...zips)
    browser = await launchBrowser()
    for (const id of [article, other]) {
      const outcome: unknown = JSON.parse(await run.line((line) => line.includes(`"articleId":"${id}"`)))
      expect(outcome).toMatchObject({ articleId: id, status: 'published' })
    }
  })
  afterAll(async () => {
    await browser.close()
    await environment[Symbol.asyncDispose]()
  })

  const api = async (path: string): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(environment.urls.api + path)
    return { status: answer.status, body: await answer.json() }
  }
  const total = async (metric: 'page-views' | 'downloads') =>
    Object(await api(`/metrics/article/${article}/${metric}`)).body.totalValue

  test('scenario 1: an article that is opened twice within 10 s, and its PDF, are a view and a download', async () => {
    const today = Temporal.Now.plainDateISO('UTC').toString()
    const context = await browser.newContext({ userAgent: firefox })
    const page = await context.newPage()
    await page.goto(`${environment.urls.journal}/articles/${article}`)
    await page.reload()
    const pdf = await page.getByRole('link', { name: 'Article PDF' }).getAttribute('href')
    const file = await context.request.get(new URL(pdf ?? '', page.url()).href)
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf'])
    await context.close()
    await expect.poll(() => total('downloads'), patient).toBe(1)
    await expect.poll(() => total('page-views'), patient).toBe(1)

    const { stdout } = await environment.command('metrics', 'close', today)
    expect(stdout).toContain(`${today} is closed: 1 articles, 2 investigations, 2 requests.`)
    expect([await total('page-views'), await total('downloads')]).toEqual([1, 1])
    expect((await environment.command('status')).stdout).toContain(`Usage: last closed day ${today}`)
  })

  test('a log of the CDN is counted by the command, which says what it skipped and why; the same again is not', async () => {
    const line = (path: string, time: string, agent = firefox, status = 200) =>
      [
        '2026-01-05',
        time,
        '192.0.2.7',
        'GET',
        'cdn.example',
        path,
        status,
        encodeURIComponent(agent),
        `${path}${time}`,
      ].join('\t')
    const pdf = `/${article}/${article}-v1.pdf`
    const log = [
      '#Version: 1.0',
      '#Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status cs(User-Agent) x-edge-request-id',
      line(pdf, '10:00:00'),
      line(pdf, '10:00:20'),
      line(pdf, '11:00:00'),
      line(pdf, '11:00:05', 'Googlebot/2.1'),
      line(pdf, '12:00:00', firefox, 404),
      line(`/${article}/${article}-fig1-v1.jpg`, '12:00:01'),
    ].join('\n')
    const path = join(environment.data, 'E1.2026-01-05-10.abc.gz')
    writeFileSync(path, gzipSync(`${log}\n`))
    const first = await environment.command('metrics', 'import', path)
    expect(first.stdout).toContain('E1.2026-01-05-10.abc.gz: 6 lines, 3 counted')
    for (const reason of ['a robot', 'not answered with 200 or 304', 'not an article, or a part of one that counts'])
      expect(first.stdout).toMatch(new RegExp(`1 not counted: ${reason}`))
    expect((await environment.command('metrics', 'import', path)).stdout).toContain('taken before')
    await environment.command('metrics', 'close', '2026-01-05')
    expect(await total('downloads')).toBe(3)
    const { status, body } = await api('/r51/status')
    expect([status, body]).toEqual([200, [expect.objectContaining({ Service_Active: true })]])
  })

  test('scenario 31: a script of another origin reads articles, metrics and search, and cannot write', async () => {
    const elsewhere = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Elsewhere</title>'),
    ).listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    const page = await browser.newPage()
    await page.goto(`http://localhost:${Object(elsewhere.address()).port}/`)
    const read = (path: string, method = 'GET'): Promise<unknown> =>
      page.evaluate(
        `fetch('${environment.urls.api}${path}', { method: '${method}' }).then((answer) => answer.status, (error) => error.name)`,
      )
    expect([
      await read('/articles'),
      await read(`/metrics/article/${article}/page-views`),
      await read('/search?for=page'),
      await read('/articles/00001/versions/1', 'PUT'),
    ]).toEqual([200, 200, 200, 'TypeError'])
    await page.close()
    elsewhere.close()
  })

  test('scenario 32: every example of the contract is answered as it says, and the documentation runs one', async () => {
    const document = Value.Parse(Contract, (await api('/openapi.json')).body)
    const examples = Object.entries(document.paths).flatMap(([path, { get }]) => (get ? [{ path, ...get }] : []))
    expect(examples.length).toBeGreaterThan(14)
    for (const { path, parameters = [], responses } of examples) {
      const address = parameters
        .filter((parameter) => parameter.in === 'path')
        .reduce(
          (url, { name, schema }) =>
            url.replace(`{${name}}`, schema?.examples?.[0] ?? schema?.anyOf?.[0]?.const ?? '1'),
          path,
        )
      const answer = await fetch(environment.urls.api + address)
      const documented = Object.keys(responses)
      expect([address, documented, documented.includes(String(answer.status))]).toEqual([address, documented, true])
      // Reports are for those who have a key.
      const allowed = path.startsWith('/r51/') && path !== '/r51/status' ? [400, 401] : [200]
      if (!path.includes('{')) expect([address, allowed]).toEqual([address, expect.arrayContaining([answer.status])])
    }
    const page = await browser.newPage()
    await page.goto(`${environment.urls.api}/documentation/`)
    await page.locator('.opblock').first().waitFor()
    expect(await page.locator('.opblock').count()).toBe(examples.length)
    await page.locator('.opblock', { hasText: '/search' }).locator('.opblock-summary-control').click()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByRole('button', { name: 'Execute' }).click()
    await page.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor()
    await page.close()
  })

  test('scenario 23: a withdrawn article is gone for readers, crawlers, harvesters and scripts, and back when that is undone', async () => {
    const { journal } = environment.urls
    const file = String(Object((await api(`/articles/${other}`)).body)['xml'])
    expect((await fetch(file)).status).toBe(200)
    const reason = 'It was published by mistake.'
    const { code } = await environment.command('withdraw', other, '--by', 'The editor', '--reason', reason)
    expect(code).toBe(0)

    for (const path of ['', 'v1', '/figures', '.bib', '.ris', '.json', '/linkset', 'v1.xml']) {
      const answer = await fetch(`${journal}/articles/${other}${path}`)
      expect([path, answer.status, await answer.text()]).toEqual([path, 410, expect.stringContaining(reason)])
    }
    const lists = [
      '/',
      '/browse',
      '/journals/ijm',
      '/search?for=households',
      '/sitemaps/1.xml',
      '/feed.atom',
      '/feed.rss',
      '/feed.json',
    ]
    const naming = async () => {
      const found: string[] = []
      for (const path of lists) if ((await (await fetch(journal + path)).text()).includes(other)) found.push(path)
      for (const path of ['/articles', '/search?for=households'])
        if (JSON.stringify((await api(path)).body).includes(other)) found.push(path)
      return found
    }
    expect(await naming()).toEqual([])
    expect((await api(`/articles/${other}`)).status).toBe(410)
    expect((await api(`/metrics/article/${other}/page-views`)).status).toBe(404)
    expect((await fetch(file)).status).not.toBe(200)
    const identifier = `oai:journal.localhost:${other}`
    const harvest = async () =>
      (await fetch(`${journal}/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=${identifier}`)).text()
    expect(await harvest()).toContain('<header status="deleted">')

    expect((await environment.command('withdraw', other, '--undo', '--by', 'The editor')).code).toBe(0)
    expect((await fetch(`${journal}/articles/${other}`)).status).toBe(200)
    expect((await fetch(file)).status).toBe(200)
    expect(await harvest()).not.toContain('status="deleted"')
    expect((await naming()).length).toBeGreaterThan(7)
  })
})

const Parameter = Type.Object({
  in: Type.String(),
  name: Type.String(),
  schema: Type.Optional(
    Type.Object({
      examples: Type.Optional(Type.Array(Type.String())),
      anyOf: Type.Optional(Type.Array(Type.Object({ const: Type.Optional(Type.String()) }))),
    }),
  ),
})
const Operation = Type.Object({
  parameters: Type.Optional(Type.Array(Parameter)),
  responses: Type.Record(Type.String(), Type.Unknown()),
})
const Contract = Type.Object({ paths: Type.Record(Type.String(), Type.Object({ get: Type.Optional(Operation) })) })
