import { expect, test } from 'vitest'
import { event, readyRun } from '../derive/history/messages.fixture.ts'
import { startDesk, violationsOf } from './browser.fixture.ts'

/** The timeline of a run with long waits, in a real browser. */

test('the timeline folds three days held for approval as soon as the work goes on', { timeout: 120_000 }, async () => {
  await using desk = await startDesk()
  await desk.receive(readyRun())
  const page = await desk.sit('edda', 'editor')
  await page.goto('/article/00353/1/a')
  await page.getByText('Live', { exact: true }).waitFor()
  const fold = page.locator('.timeline .fold')
  expect(await fold.count()).toBe(0)
  const approved = 10 + 3 * 24 * 60 + 4 * 60
  await desk.receive([
    event(approved, 'Check Approval', 'start'),
    event(approved + 2, 'Check Approval', 'end'),
    event(approved + 2, 'Publish Assets', 'start'),
  ])
  // They come one after the other, and the page may be updated between them.
  await page.locator('.timeline').getByText('Publish Assets', { exact: true }).waitFor()
  expect(await fold.innerText()).toBe('3 days, 4 hours waiting, for approval')
  const names = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.timeline > li')].map((item) => item.className.replace(' fresh', ''))`,
  )
  expect(names).toEqual(['step done', 'step done', 'step done', 'fold', 'step done', 'step running'])
  // Minutes of work are seen beside days of waiting: their bars are at least a tenth of the axis.
  const bar = page.locator('.timeline .step').filter({ hasText: 'Check Approval' }).locator('.bar')
  const [work, whole] = [await bar.locator('.work').boundingBox(), await bar.boundingBox()]
  expect((work?.width ?? 0) / (whole?.width ?? 1)).toBeGreaterThan(0.1)
  expect(await violationsOf(page)).toEqual([])
})
