import { expect, test } from 'vitest'
import { event, minute, property, readyRun } from '../derive/history/messages.fixture.ts'
import { startDesk } from './browser.fixture.ts'

/** The day of those who triage and publish, in a real browser. */

const patient = { timeout: 10_000 }

const ready = (count: number) =>
  Array.from({ length: count }, (_, index) => readyRun(index, { article: String(10_000 + index) })).flat()

const failed = (id: string, message: string) => [
  event(0, 'Delivery', 'start', {
    item_identifier: id,
    version: 0,
    delivery: {
      bucket_name: 'b',
      file_name: `elife-${id}-vor-r1.zip`,
      file_etag: 'abc',
      file_size: 7,
      event_time: minute(0),
    },
  }),
  property(1, 'title', `Title of ${id}`, { item_identifier: id }),
  event(1, 'Check Package', 'error', { item_identifier: id, message }),
]

test('ten of twenty-seven are on their way to publication after four clicks', { timeout: 60_000 }, async () => {
  await using desk = await startDesk()
  await desk.receive(ready(27))
  const page = await desk.sit('graham', 'publisher')
  let clicks = 0
  const click = async (name: RegExp, modifiers: 'Shift'[] = []) => {
    await page
      .getByRole(name.source.startsWith('Select') ? 'checkbox' : 'button', { name })
      .first()
      .click({ modifiers })
    clicks++
  }
  await click(/Select 10000 /)
  await click(/Select 10009 /, ['Shift'])
  await expect.poll(() => page.locator('#selected-count').textContent(), patient).toBe('10 selected')
  await click(/^Publish selected/)
  await page.waitForURL(/\/publish\?/)
  expect(await page.locator('main input[name="article"]').count()).toBe(10)
  await click(/^Publish/)
  await page.waitForURL('**/publications/*')
  expect(clicks).toBe(4)
  await expect
    .poll(
      async () => (await desk.sql`select from request where kind = 'publish' and result = 'queued'`).length,
      patient,
    )
    .toBe(10)
  await page.goto('/current')
  expect(await page.locator('#uir-heading').innerText()).toBe('Ready to publish 17')
})

test('a filter by a cause is dismissed by keys, undone at once, dismissed again and restored later', async () => {
  await using desk = await startDesk()
  await desk.receive([
    ...failed('20001', 'Figure 1 has no file.'),
    ...failed('20002', 'Figure 2 has no file.'),
    ...failed('20003', 'No PDF.'),
  ])
  const page = await desk.sit('ada', 'editor')
  const rows = () => page.locator('main li.row.error').count()
  await page.keyboard.press('f')
  await page.getByLabel('Cause').selectOption({ label: 'Check Package: Figure … has no file. (2)' })
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/\/current\?cause=[^&]+$/)
  await page.waitForLoadState()
  expect(await page.getByRole('link', { name: /Remove the filter Cause/ }).count()).toBe(1)
  expect(await rows()).toBe(2)

  const dismiss = async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await expect.poll(() => page.locator('#selected-count').textContent(), patient).toBe('2 selected')
    await page.keyboard.press('d')
    await page.getByLabel(/^Reason/).fill('They came twice.')
    await page.keyboard.press('Enter')
    await page.locator('#notice').waitFor()
    await page.waitForLoadState()
  }
  await dismiss()
  expect(await page.locator('#notice').innerText()).toContain('2 articles dismissed.')
  expect(await rows()).toBe(0)
  await page.keyboard.press('u')
  await page.getByText('2 articles restored.').waitFor()
  expect(await rows()).toBe(2)

  await page.goto('/current?q=figure')
  await page.getByText('Save this view').click()
  await page.getByLabel('Name').fill('Figures')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.goto('/today')
  await page.goto('/current')
  await page.getByRole('link', { name: 'Figures' }).click()
  await page.waitForURL('**/current?q=figure')
  await page.waitForLoadState()
  await dismiss()
  await page.getByRole('link', { name: 'Archive', exact: true }).click()
  await page.getByText('They came twice.').first().waitFor()
  await page.getByRole('button', { name: 'Restore 20001' }).click()
  await page.locator('#notice').waitFor()
  await page.goto('/current')
  await expect.poll(rows, patient).toBe(2)
})

test('to schedule is offered for a selection with a run that is ready, not for one that has only failed', async () => {
  await using desk = await startDesk()
  await desk.receive([...ready(1), ...failed('20001', 'No PDF.')])
  const page = await desk.sit('graham', 'publisher')
  const schedule = page.getByRole('button', { name: 'Schedule…' })
  await page.getByRole('checkbox', { name: /Select 20001/ }).check()
  expect(await schedule.isDisabled()).toBe(true)
  await page.getByRole('checkbox', { name: /Select 10000/ }).check()
  expect(await schedule.isEnabled()).toBe(true)
  await page.getByRole('checkbox', { name: /Select 10000/ }).uncheck()
  await page.getByRole('checkbox', { name: /^All .* that match/ }).check()
  expect(await schedule.isEnabled()).toBe(true)
})

test('what one person does shows on the page of another, who is told when they come too late', async () => {
  await using desk = await startDesk()
  await desk.receive([...failed('20001', 'No PDF.'), ...failed('20002', 'No PDF.')])
  const [ada, grace] = [await desk.sit('ada', 'editor'), await desk.sit('grace', 'editor')]
  await grace.getByRole('checkbox', { name: /Select 20001/ }).check()
  await grace.getByRole('checkbox', { name: /Select 20002/ }).check()
  await grace.getByRole('button', { name: 'Dismiss…' }).click()
  await grace.getByLabel(/^Reason/).fill('No PDF, asked for it')

  const watcher = await desk.sit('graham', 'reader')
  await watcher.getByText('Live', { exact: true }).waitFor()
  await ada.getByRole('button', { name: 'Dismiss 20001 version 1' }).click()
  await ada.getByLabel(/^Reason/).fill('The author withdrew it')
  await ada.getByRole('button', { name: 'Dismiss', exact: true }).click()
  await ada.getByText('1 article dismissed.').waitFor()
  await watcher.locator('#errors, #error').getByText('Title of 20001').waitFor({ state: 'detached' })
  expect(await watcher.getByRole('button', { name: /Dismiss/ }).count()).toBe(0)

  await grace.getByRole('button', { name: 'Dismiss', exact: true }).click()
  const notice = grace.locator('#notice')
  await notice.waitFor()
  expect(await notice.innerText()).toMatch(
    /1 article dismissed\. 1 article refused\.[^]*20001: ada has dismissed it already\./,
  )
})
