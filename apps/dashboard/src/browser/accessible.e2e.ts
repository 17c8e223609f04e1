import { expect, test } from 'vitest'
import { event, property, readyRun } from '../derive/history/messages.fixture.ts'
import { startDesk, violationsOf } from './browser.fixture.ts'

/** Accessibility of the lists and of what belongs to them, in a real browser. */

const ready = (count: number) =>
  Array.from({ length: count }, (_, index) => readyRun(index, { article: String(10_000 + index) })).flat()

test('the card of keys opens by its key, and turns the keys off for those who need that', async () => {
  await using desk = await startDesk()
  await desk.receive(ready(2))
  const page = await desk.sit('ada', 'editor')
  await page.keyboard.press('?')
  const card = page.getByRole('dialog', { name: 'Keys' })
  await card.waitFor()
  expect(await card.innerText()).toMatch(/select the row; with Shift, all up to it/)
  expect(await violationsOf(page)).toEqual([])
  await card.getByLabel('Keys are on').uncheck()
  await card.getByRole('button', { name: 'Close' }).click()
  await page.keyboard.press('j')
  expect(await page.evaluate('document.activeElement?.closest("li.row") ?? null')).toBeNull()
})

test('the sign-in page mails a link, to everybody with the same words', { timeout: 120_000 }, async () => {
  await using desk = await startDesk({ MAIL: { from: 'a@example.org', smtp: { host: '127.0.0.1', port: 9 } } })
  const page = await desk.sit('ada', 'administrator')
  await page.context().clearCookies()
  await page.goto('/sign-in')
  expect(await violationsOf(page)).toEqual([])
  await page.getByLabel('Your address').fill('nobody@example.org')
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
})

test(
  'axe finds nothing on the lists and what belongs to them, wide and narrow, light and dark',
  { timeout: 240_000 },
  async () => {
    await using desk = await startDesk()
    await desk.receive([
      ...ready(2),
      property(1, 'title', 'Of rivers', { item_identifier: '20001' }),
      event(1, 'Check Package', 'error', { item_identifier: '20001', message: 'No PDF.' }),
      property(11, 'publication-status', 'published', { item_identifier: '10001' }),
    ])
    const page = await desk.sit('graham', 'administrator')
    const violations: string[] = []
    for (const path of [
      '/today',
      '/current',
      '/current?status=VOR&sort=title',
      '/archive',
      '/activity',
      '/people',
      '/sessions',
      '/article/20001',
    ]) {
      await page.goto(path)
      if (path.includes('sort')) await page.getByText('Filter', { exact: true }).click()
      violations.push(...(await violationsOf(page)))
    }
    for (const act of ['Assign…', 'Schedule…', 'Dismiss…']) {
      await page.goto('/current')
      await page.getByRole('checkbox', { name: /Select 10000/ }).check()
      await page.getByRole('button', { name: act }).click()
      await page.locator('#confirm').waitFor()
      violations.push(...(await violationsOf(page)))
    }
    await page.getByLabel(/^Reason/).fill('No PDF')
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click()
    await page.locator('#notice').waitFor()
    violations.push(...(await violationsOf(page)))
    await page.getByRole('link', { name: 'Results' }).click()
    violations.push(...(await violationsOf(page)))
    expect(violations).toEqual([])
  },
)
