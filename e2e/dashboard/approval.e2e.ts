import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { newEnvironment, type Environment, type Run } from '../environment.ts'
import { publishedVersions } from '../inspect.ts'

/** A production editor previews an article and publishes it, in a real browser. */
describe('without --automatic', () => {
  let environment: Environment
  let run: Run
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    environment = await newEnvironment()
    browser = await launchBrowser()
    page = await browser.newPage({ baseURL: environment.urls.dashboard })
    run = environment.start()
    await run.line((line) => line.includes('READY TO PUBLISH'))
  })
  afterAll(async () => {
    await browser.close()
    await environment[Symbol.asyncDispose]()
  })

  test('the article waits on the dashboard, which the printed link opens', async () => {
    const link =
      /http\S+\/sign-in\?token=\S+/.exec(await run.line((line) => line.includes('/sign-in?token=')))?.[0] ?? ''
    await page.goto(link)
    await page.waitForURL('**/current')
    await expect.poll(() => page.getByRole('heading', { name: /ready to publish/i }).count()).toBeGreaterThan(0)
    expect(await page.getByText('how a figure reaches its reader').count()).toBeGreaterThan(0)
  })

  test('the link works once', async () => {
    const link =
      /http\S+\/sign-in\?token=\S+/.exec(await run.line((line) => line.includes('/sign-in?token=')))?.[0] ?? ''
    const stranger = await browser.newContext()
    const other = await stranger.newPage()
    await other.goto(link)
    await other.goto(`${environment.urls.dashboard}/current`)
    expect(other.url()).not.toMatch(/\/current$/)
    await stranger.close()
  })

  test('the public gets 404, Preview opens the page as its readers will see it', async () => {
    expect((await fetch(`${environment.urls.journal}/articles/continuum-00001v1`)).status).toBe(404)
    expect((await fetch(`${environment.urls.journal}/articles/continuum-00001`)).status).toBe(404)
    expect((await fetch(`${environment.urls.lax}/api/v2/articles/continuum-00001`)).status).toBe(404)
    expect(
      (
        await fetch(
          `${environment.urls.aws}/local-continuum-publishing-cdn/continuum-00001/continuum-00001-fig1-v1-600w.jpg`,
        )
      ).status,
    ).not.toBe(200)
    await page.goto('/current')
    const opened = page.context().waitForEvent('page')
    const preview = page.getByRole('link', { name: /^preview/i }).first()
    const inNewTab = (await preview.getAttribute('target')) === '_blank'
    await preview.click()
    const shown = inNewTab ? await opened : page
    await shown.waitForURL('**/articles/continuum-00001v1')
    expect(await shown.getByRole('heading', { level: 1 }).textContent()).toContain('how a figure reaches its reader')
    const images = shown.locator('figure img')
    expect(await images.count()).toBeGreaterThanOrEqual(3)
    for (const image of await images.all()) {
      await image.scrollIntoViewIfNeeded()
      await expect
        .poll(() => image.evaluate((element) => Number(Reflect.get(element, 'naturalWidth'))))
        .toBeGreaterThan(0)
    }
    if (inNewTab) await shown.close()
  })

  test('Publish publishes it', async () => {
    await page.goto('/current')
    await page
      .getByRole('button', { name: /^publish/i })
      .first()
      .click()
    // The dashboard asks before it acts: in a dialog or on a page of its own.
    await page
      .getByRole('button', { name: /^publish/i })
      .last()
      .click()
    await run.line((line) => line.includes('PUBLISHED:'))
    expect(await publishedVersions(environment, 'continuum-00001')).toEqual([1])
    await page.goto(`${environment.urls.journal}/articles/continuum-00001`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('how a figure reaches its reader')
    for (const image of await page.locator('figure img').all()) {
      await image.scrollIntoViewIfNeeded()
      await expect
        .poll(() => image.evaluate((element) => Number(Reflect.get(element, 'naturalWidth'))))
        .toBeGreaterThan(0)
    }
  })
})
