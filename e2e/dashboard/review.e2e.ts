import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { newEnvironment, type Environment, type Run } from '../environment.ts'
import { publishedVersions, s3Of } from '../inspect.ts'
import { articleXml, zip } from '../small-package.ts'

/** Images of one pixel, one grey and one black. */
const pixels = {
  grey: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  black: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
}

function packageOf(id: string, sentence: string, image: keyof typeof pixels): Promise<Buffer> {
  const figure = `<fig id="fig1"><label>Figure 1.</label><caption><title>Bees.</title></caption><graphic mimetype="image" mime-subtype="png" xlink:href="elife-${id}-fig1.png"/></fig>`
  const body = `<body><sec id="s1"><title>Introduction</title><p>${sentence}</p>${figure}</sec></body>`
  return zip({
    [`elife-${id}.xml`]: articleXml(id, body),
    [`elife-${id}-fig1.png`]: Buffer.from(pixels[image], 'base64'),
  })
}

const [first, second] = ['20001', '20002']

/** A publisher reviews, compares, publishes, takes back and schedules, in a real browser. */
describe('publishing without fear', () => {
  let environment: Environment
  let run: Run
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    environment = await newEnvironment()
    const files = [first, second].map((id) => join(environment.data, `elife-${id}-vor-r1.zip`))
    for (const [at, id] of [first, second].entries())
      writeFileSync(files[at] ?? '', await packageOf(id, 'Bees sleep by day.', 'grey'))
    browser = await launchBrowser()
    page = await (await browser.newContext({ baseURL: environment.urls.dashboard, locale: 'en-US' })).newPage()
    run = environment.start(...files)
    const link = /http\S+\/sign-in\?token=\S+/.exec(await run.line((line) => line.includes('/sign-in?token=')))
    for (const id of [first, second]) await run.line((line) => line.includes(id) && line.includes('READY TO PUBLISH'))
    await page.goto(link?.[0] ?? '')
  })
  afterAll(async () => {
    await browser.close()
    await environment[Symbol.asyncDispose]()
  })

  /** Opens the review of an article from the list. */
  const review = async (id: string) => {
    await page.goto('/current')
    await page.locator(`[id^="publish-${id}."]`).click()
    await page.waitForURL('**/publish?**')
  }
  const factsOf = () => page.locator('.facts').innerText()

  test('the review says what is replaced, and who looked at the preview', async () => {
    await review(first)
    expect(await factsOf()).toContain('Nothing of this article is public yet: this is its first version.')
    expect(await factsOf()).toMatch(/1 February 2016, from the XML[\s\S]*no PDF, 1 figure/)
    expect(await factsOf()).toContain('Nobody has looked at the preview of this run.')
    const opened = page.context().waitForEvent('page')
    await page.getByRole('link', { name: /^Preview/ }).click()
    await (await opened).close()
    await page.reload()
    expect(await factsOf()).toContain('Looked at by operator')
  })

  test('a publication is taken back within ten seconds, and readers never get it', async () => {
    await review(first)
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back', { exact: false }).first().waitFor()
    await page.goto('/current')
    expect(await page.locator(`[id^="publish-${first}."]`).count()).toBe(1)
    expect(await publishedVersions(environment, first)).toEqual([])
  })

  test('one that is not taken back is published, though the page was closed at once', async () => {
    await review(first)
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.waitForURL('**/publications/**')
    const [path, context] = [page.url(), page.context()]
    await page.close()
    await run.line((line) => line.includes('PUBLISHED:'))
    expect(await publishedVersions(environment, first)).toEqual([1])
    page = await context.newPage()
    await page.goto(path)
    await expect.poll(() => page.locator('#publications-rows').innerText()).toMatch(/Published/i)
    expect(await page.getByRole('button', { name: 'Take back' }).count()).toBe(0)
  })

  test('a silent correction is compared with what is public: by words, and figures with a slider', async () => {
    const Body = await packageOf(first, 'Bees sleep at night.', 'black')
    const Key = `elife-${first}-vor-v1-20261130120000.zip`
    const Bucket = 'local-continuum-production-final'
    await s3Of(environment).send(new PutObjectCommand({ Bucket, Key, Body }))
    await page.goto('/current')
    await page.locator(`[id^="changes-${first}."]`).click({ timeout: 60_000 })
    await page.waitForURL('**/changes')
    expect(await page.getByText('Replaces the text of version 1, which is public.').count()).toBe(1)
    const changed = page.locator('.text-change')
    expect(await changed.locator('del').allInnerTexts()).toEqual([
      expect.stringContaining('by'),
      expect.stringContaining('day'),
    ])
    expect(await changed.locator('ins').allInnerTexts()).toEqual([
      expect.stringContaining('at'),
      expect.stringContaining('night'),
    ])
    const figure = page.locator('#figure-fig1')
    for (const image of await figure.locator('img').all())
      await expect.poll(() => image.evaluate((element) => Number(Reflect.get(element, 'naturalWidth')))).toBe(1)
    await figure.getByRole('button', { name: 'Slide one over the other' }).press('Enter')
    await page.keyboard.press('ArrowLeft')
    expect(await figure.getByRole('slider').inputValue()).toBe('49')
    expect(await figure.getAttribute('style')).toContain('--at: 49%')
    await review(first)
    expect(await factsOf()).toContain('keeps its date, 1 February 2016')
  })

  /** Presses Tab until an element has the focus. */
  const tabTo = async (selector: string) => {
    for (let times = 0; times < 80; times++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) return
    }
    throw new Error(`${selector} is not reached by the Tab key`)
  }
  const month = '/scheduled?view=month&date=2027-12-01'
  const dayOf = (id: string) => page.locator(`td:has(#chip-${id})`).getAttribute('data-day')

  test('a publication is scheduled by keyboard alone, and moved to another day by keys and by dragging', async () => {
    await page.goto('/current')
    await tabTo(`[id^="publish-${second}."]`)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/publish?**')
    await tabTo('#when-now')
    await page.keyboard.press('ArrowDown')
    await tabTo('#due-review')
    await page.keyboard.type('12222027')
    await page.keyboard.press('Tab')
    await page.keyboard.type('0930AM')
    await tabTo('#confirm')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/scheduled')
    expect(await page.locator(`#scheduled-${second}`).innerText()).toContain(
      '22 Dec 2027, 09:30 (Europe/London, UTC+00:00)',
    )

    await page.goto(month)
    await tabTo(`#chip-${second} a`)
    for (const key of ['m', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key)
    // The page becomes live, and would be fetched again: it stays as it is while something is being moved.
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await page.locator('#announcer').innerText()).toBe('Thursday, 16 December 2027')
    await page.keyboard.press('Enter')
    await expect.poll(() => dayOf(second)).toBe('2027-12-16')
    // The page was loaded anew: what moves chips is there once it is live.
    await page.getByText('Live', { exact: true }).waitFor()
    await page.locator(`#chip-${second}`).dragTo(page.locator('#day-2027-12-24'))
    await expect.poll(() => dayOf(second)).toBe('2027-12-24')
    expect(page.url()).toContain(month.slice(1).split('?')[0])
  })

  test('a time that its day does not have is refused, and stays as it was typed', async () => {
    await page.goto(`/schedule/change?article=${second}`)
    await page.locator('#due-change').fill('2028-03-26T01:30')
    await page.getByRole('button', { name: 'Schedule' }).click()
    const problem = page.getByRole('alert')
    expect(await problem.innerText()).toContain('01:30 does not exist on that day (26 March 2028) in Europe/London')
    expect(await page.locator('#due-change').inputValue()).toBe('2028-03-26T01:30')
    expect(await page.locator('#due-change').getAttribute('aria-invalid')).toBe('true')
  })

  test('axe finds nothing on the pages of this, wide and light, narrow and dark', async () => {
    await review(first)
    const reviewed = page.url()
    await page.getByRole('link', { name: /^What changes/ }).click()
    const pages = [reviewed, page.url(), '/scheduled', month, '/scheduled?view=week&date=2027-12-24']
    const state = await page.context().storageState()
    const found: string[] = []
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      const context = await browser.newContext({
        baseURL: environment.urls.dashboard,
        viewport: { width, height: 900 },
        colorScheme,
        storageState: state,
        bypassCSP: true,
      })
      const shown = await context.newPage()
      for (const path of [...pages, `/schedule/change?article=${second}`, `/article/${first}`]) {
        await shown.goto(path)
        await shown.addScriptTag({ content: axe.source })
        const violations: { id: string; nodes: { html: string }[] }[] = await shown.evaluate(
          `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)`,
        )
        for (const { id, nodes } of violations)
          found.push(`${width} ${path} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
        if (await shown.evaluate('document.documentElement.scrollWidth > innerWidth'))
          found.push(`${width} ${path} is too wide`)
      }
      await context.close()
    }
    expect(found).toEqual([])
  })
})
