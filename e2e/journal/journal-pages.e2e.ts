import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { newEnvironment, root, type Environment, type Run } from '../environment.ts'

const samples = ['continuum-00001-vor-r1.zip', 'ijm-00202-vor-r1.zip', 'journal.mrdn.0012345.zip']
const views: readonly BrowserContextOptions[] = [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
]

interface Violation {
  id: string
  nodes: { html: string }[]
}

/** The journal's site as its readers have it: a real browser, a text browser, and a crawler. */
describe('the pages of the journal', () => {
  let environment: Environment
  let run: Run
  let browser: Browser
  /** Every page that links lead to from the home page. */
  const pages: string[] = []

  beforeAll(async () => {
    environment = await newEnvironment()
    const zips = samples.map((name) => join(root, 'sample', name))
    run = environment.start('--automatic', '--json', ...zips)
    browser = await launchBrowser()
    for (const id of ['continuum-00001', 'ijm-00202', 'meridian-mrdn-0012345']) {
      const outcome: unknown = JSON.parse(await run.line((line) => line.includes(`"articleId":"${id}"`)))
      expect(outcome).toMatchObject({ articleId: id, status: 'published' })
    }
  })
  afterAll(async () => {
    await browser.close()
    await environment[Symbol.asyncDispose]()
  })

  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    await page.goto(environment.urls.journal + path)
    return page
  }

  test('every link of the site leads somewhere', async () => {
    const site = environment.urls.journal
    const wanted = ['/']
    const broken: string[] = []
    for (const path of wanted) {
      const reply = await fetch(site + path)
      if (reply.status !== 200) broken.push(`${reply.status} ${path}`)
      const isPage = reply.headers.get('content-type')?.startsWith('text/html') ?? false
      const text = await reply.text()
      if (!isPage) continue
      pages.push(path)
      for (const [, href = ''] of text.matchAll(/<(?:a|link)\b[^>]*?\shref="([^"]*)"/g)) {
        const address = new URL(
          href.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'),
          site + path,
        )
        const target = address.pathname + address.search
        // Each page of results leads to further choices: those of the first are enough.
        const isRefined = path.startsWith('/search') && target.startsWith('/search')
        if (address.origin === site && !isRefined && !wanted.includes(target)) wanted.push(target)
      }
    }
    expect(broken).toEqual([])
    expect(pages).toEqual(
      expect.arrayContaining([
        '/browse/2026/11',
        '/subjects',
        '/journals/ijm',
        '/journals/continuum/about',
        '/articles/continuum-00001',
        '/articles/meridian-mrdn-0012345/figures',
        '/authors/Dotte%2C%20Periodia',
      ]),
    )
  })

  test('axe finds nothing on any of them, wide and light, narrow and dark', { timeout: 900_000 }, async () => {
    const found: string[] = []
    // Each keyword leads to results of its own: one page of them stands for all.
    const results = pages.find((path) => path.startsWith('/search?')) ?? '/search'
    const shown = [...pages.filter((path) => !path.startsWith('/search?')), results, '/nothing-is-here']
    for (const view of views) {
      const context = await browser.newContext({ ...view, bypassCSP: true })
      for (const path of shown) {
        const page = await context.newPage()
        await page.goto(environment.urls.journal + path)
        await page.addScriptTag({ content: axe.source })
        const violations: Violation[] = await page.evaluate(
          `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)`,
        )
        for (const { id, nodes } of violations)
          found.push(
            `${view.viewport?.width} ${path} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
          )
        const isCut: boolean = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
        if (isCut) found.push(`${view.viewport?.width} ${path} is wider than the window`)
        await page.close()
      }
      await context.close()
    }
    expect(found).toEqual([])
  })

  test('a word that is longer than a phone is wide is broken, wherever it stands', async () => {
    const cut: string[] = []
    for (const path of [
      '/',
      '/search?for=page',
      '/browse',
      '/articles/continuum-00001',
      '/articles/continuum-00001/figures',
    ]) {
      const page = await open(path, { viewport: { width: 390, height: 844 } })
      await page.evaluate(`
        for (const part of document.querySelectorAll('header a, main :is(a, h1, h2, h3, p, li, dd, summary, figcaption), footer a'))
          for (const text of part.childNodes) if (text.nodeType === 3 && text.data.trim()) text.data = 'x'.repeat(90)`)
      const width: number = await page.evaluate('document.documentElement.scrollWidth')
      if (width > 390) cut.push(`${path} is ${width} wide`)
      await page.context().close()
    }
    expect(cut).toEqual([])
  })

  test('a page sets no cookie, and asks nobody but the site and the CDN', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const asked = new Set<string>()
    page.on('request', (request) => asked.add(new URL(request.url()).origin))
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.goto(`${environment.urls.journal}/articles/continuum-00001`, { waitUntil: 'networkidle' })
    expect([...asked].toSorted()).toEqual([environment.urls.aws, environment.urls.journal].toSorted())
    expect(await context.cookies()).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })

  test('a figure opens in place: next, previous, larger, its caption, its download; Escape leads back to it', async () => {
    const page = await open('/articles/continuum-00001')
    const pictures = page.locator('figure a.picture')
    await pictures.first().click()
    const viewer = page.locator('dialog.viewer')
    await viewer.waitFor({ state: 'visible' })
    const place = viewer.locator('.viewer-place')
    const all = await pictures.count()
    expect(await place.textContent()).toBe(`1 of ${all}`)
    expect(await viewer.locator('.viewer-caption').textContent()).toContain('Figure 1')
    expect(await viewer.getByRole('button', { name: 'Previous figure' }).isDisabled()).toBe(true)
    await page.keyboard.press('ArrowRight')
    expect(await place.textContent()).toBe(`2 of ${all}`)
    const image = viewer.locator('img')
    // It has its width once it is loaded.
    await expect.poll(() => image.evaluate((element) => Reflect.get(element, 'complete') === true)).toBe(true)
    const before = (await image.boundingBox())?.width ?? 0
    await viewer.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(async () => (await image.boundingBox())?.width).toBeCloseTo(before * 1.5, 0)
    expect(await viewer.getByRole('link', { name: 'Download', exact: true }).getAttribute('href')).toContain(
      '-fig2-v1-download.jpg',
    )
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'hidden' })
    expect(await pictures.nth(1).evaluate((link) => link.matches(':focus'))).toBe(true)
    await page.context().close()
  })

  test('a citation shows its reference, and the contents list where one is', async () => {
    const page = await open('/articles/continuum-00001')
    const link = page.locator('.text a[href^="#bib"]').first()
    await link.hover()
    const card = page.locator('.hover-card')
    await card.waitFor({ state: 'visible' })
    const reference = page.locator(`[id="${(await link.getAttribute('href'))?.slice(1)}"]`)
    const [title = ''] = await reference.locator('.reference-title').allTextContents()
    expect(await card.textContent()).toContain(title)
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'hidden' })

    await page.locator('#references').scrollIntoViewIfNeeded()
    await page.locator('#references').evaluate((part) => part.scrollIntoView())
    await page.locator('.contents a[aria-current="location"]', { hasText: 'References' }).waitFor()
    await page.context().close()
  })

  test('a citation is copied in the style that is chosen', async () => {
    const page = await open('/articles/continuum-00001', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.locator('.styles summary', { hasText: 'Vancouver' }).click()
    await page.getByRole('button', { name: 'Copy Vancouver citation' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const copied: string = await page.evaluate('navigator.clipboard.readText()')
    expect(copied).toMatch(/^Carberry JS, .* doi: 10\.5555\/continuum\.00001$/)
    await page.context().close()
  })

  test('without scripts the page is whole: figures lead to their images, and every citation style is there', async () => {
    const page = await open('/articles/continuum-00001', { javaScriptEnabled: false })
    expect(await page.locator('.styles .citation').count()).toBe(5)
    await page.locator('figure a.picture').first().click()
    await page.waitForURL(/\.jpg$/)
    await page.context().close()
  })

  test('on paper there is the text, and nothing that only a screen has', async () => {
    const page = await open('/articles/continuum-00001')
    await page.emulateMedia({ media: 'print' })
    for (const part of ['.contents', '.actions', 'header.site nav', '.tabs'])
      expect(await page.locator(part).isVisible(), part).toBe(false)
    expect(await page.locator('.text .citation').first().isVisible()).toBe(true)
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
    expect(sheets).toBeGreaterThan(1)
    expect(sheets).toBeLessThanOrEqual(8)
    await page.context().close()
  })

  test('a text browser reads the article in order, with its words apart', () => {
    const text = execFileSync(
      'w3m',
      ['-dump', '-cols', '100', `${environment.urls.journal}/articles/continuum-00001`],
      {
        encoding: 'utf8',
      },
    )
    const order = [
      'From package to page',
      'Josiah S Carberry',
      'Contents',
      'Abstract',
      'Figure 1.',
      'References',
      'About this article',
      'How to cite',
      'BibTeX RIS CSL-JSON',
    ]
    let at = 0
    for (const words of order) {
      const found = text.indexOf(words, at)
      expect(found, words).toBeGreaterThan(-1)
      at = found
    }
    expect(text).toMatch(/Tools and Resources · Scholarly Publishing · Computational and Systems Biology/)
  })
})
