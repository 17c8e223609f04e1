import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { newEnvironment, root, type Environment, type Run } from '../environment.ts'
import { figureSuffixes, keysOf, publishedVersions } from '../inspect.ts'
import { articleXml, zip } from '../small-package.ts'

const figure =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="400"><script>alert(1)</script><circle cx="200" cy="200" r="90"/></svg>'
const drawn =
  '<body><p>Corrected in <xref ref-type="fig" rid="fig1">Figure 1</xref>.</p><fig id="fig1"><label>Figure 1.</label><graphic xlink:href="elife-00202-fig1.svg"/></fig></body>'

/** Three journals of one environment, of which two have a 00202. Ids of the default one's articles are the bare numbers. */
const articles = [
  { id: '00202', title: 'Correction 00202', file: 'elife-00202', figures: ['elife-00202-fig1'] },
  {
    id: 'ijm-00202',
    title: 'A thousand made-up households',
    file: 'ijm-00202',
    figures: ['ijm-00202-fig1', 'ijm-00202-fig2'],
  },
  {
    id: 'meridian-mrdn-0012345',
    title: 'The names of one article, counted',
    file: 'journal.mrdn.0012345',
    figures: ['journal.mrdn.0012345.g001', 'journal.mrdn.0012345.g002'],
  },
]

describe('journals side by side', () => {
  let environment: Environment
  let run: Run
  let browser: Browser
  let folder: string
  /** A page's HTML, with slashes of its addresses as they are. */
  const pageOf = async (id: string) =>
    (await (await fetch(`${environment.urls.journal}/articles/${id}`)).text()).replaceAll('&#x2F;', '/')
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'journals-'))
    const elife = join(folder, 'elife-00202-vor-r1.zip')
    writeFileSync(elife, await zip({ 'elife-00202.xml': articleXml('00202', drawn), 'elife-00202-fig1.svg': figure }))
    environment = await newEnvironment()
    const others = ['ijm-00202-vor-r1.zip', 'journal.mrdn.0012345.zip'].map((name) => join(root, 'sample', name))
    run = environment.start('--automatic', '--json', elife, ...others)
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await environment[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  test.each(articles)('$id is published', async ({ id }) => {
    const outcome: unknown = JSON.parse(await run.line((line) => line.includes(`"articleId":"${id}"`)))
    expect(outcome).toMatchObject({
      articleId: id,
      version: 1,
      status: 'published',
      url: `${environment.urls.journal}/articles/${id}v1`,
    })
    expect(await publishedVersions(environment, id)).toEqual([1])
  })

  test.each(articles)('$id has a page, a key for each image and an archive of its own', async (article) => {
    const { id, title, file, figures } = article
    const page = await pageOf(id)
    expect(page).toContain(title)
    for (const name of figures) expect(page).toContain(`/${id}/${name}-v1`)

    const keys = await keysOf(environment, 'publishing-cdn', `${id}/`)
    expect(keys.filter((key) => !key.startsWith(`${id}/${file}`))).toEqual([])
    expect(keys).toEqual(
      expect.arrayContaining([
        `${id}/${file}-v1.xml`,
        ...figures.flatMap((name) => figureSuffixes.map((suffix) => `${id}/${name}-v1${suffix}`)),
      ]),
    )
    const archived = await keysOf(environment, 'publishing-archive')
    const named = id === '00202' ? 'elife-00202' : id
    expect(archived.filter((key) => key.startsWith(`${named}-vor-v1-`))).toHaveLength(1)
    expect(archived).toHaveLength(articles.length)
  })

  test('the site lists each, links to it by its id, and every image of its page arrives', async () => {
    const page = await browser.newPage({ baseURL: environment.urls.journal })
    await page.goto('/')
    for (const { id, title } of articles) {
      await page.goto('/')
      await page.getByRole('link', { name: title }).first().click()
      await page.waitForURL(`**/articles/${id}`)
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(title)
      for (const image of await page.locator('figure img').all()) {
        await image.scrollIntoViewIfNeeded()
        await expect
          .poll(() => image.evaluate((element) => Number(Reflect.get(element, 'naturalWidth'))))
          .toBeGreaterThan(0)
      }
    }
    await page.close()
  })

  test('the dashboard shows the id that its addresses use', async () => {
    const { stdout } = await environment.command('sign-in')
    const page = await browser.newPage({ baseURL: environment.urls.dashboard })
    await page.goto(/http\S+\/sign-in\?token=\S+/.exec(stdout)?.[0] ?? '')
    await page.goto('/current')
    for (const { id } of articles) {
      const row = page.locator(`#published-rows > li:has(a[href^="/article/${id}/"])`)
      expect(await row.locator('.number').innerText()).toBe(id)
    }
    await page.close()
  })

  test('a delivered SVG is drawn into images, and is itself without what could run', async () => {
    const base = `${environment.urls.aws}/local-continuum-publishing-cdn/00202/elife-00202-fig1-v1`
    const image = await fetch(`${base}-600w.jpg`)
    expect(image.headers.get('content-type')).toBe('image/jpeg')
    const svg = await fetch(`${base}.svg`)
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(await svg.text()).toMatch(/^(?![^]*script)[^]*<circle cx="200"/)
    const page = await pageOf('00202')
    expect(page).not.toMatch(/src(?:set)?="[^"]*\.svg|<(?:object|embed|iframe)\b|alert\(1\)/)
  })
})
