import { expect, test } from 'vitest'
import { executionPath } from '../pages/executions/paths.ts'
import { startSwf } from '../pages/executions/swf.fixture.ts'
import { event, property } from '../derive/history/messages.fixture.ts'
import { startDesk, violationsOf } from './browser.fixture.ts'

/** An operator's look at executions, in a real browser. */

test(
  'an operator finds the failed execution of an article, reruns it from the failed step, and axe finds nothing',
  { timeout: 120_000 },
  async () => {
    const swf = await startSwf()
    await swf.ended(await swf.start('00001'))
    swf.faults['CheckPackage'] = 'for good'
    const failed = await swf.start('00353')
    await swf.ended(failed)
    swf.faults['PostToSite'] = 'for now'
    swf.faults['CheckPackage'] = undefined
    const waiting = await swf.start('00777')
    await swf.has(waiting, 'TimerStarted')
    await using desk = await startDesk()
    const now = Temporal.Now.instant()
    const recent = (type: string, status: string) => {
      const { message } = event(0, type, status)
      return { sent: now.epochMilliseconds, message: { ...message, timestamp: now.toString() } }
    }
    await desk.receive([
      property(1, 'title', 'Of rivers'),
      recent('Expand Article', 'end'),
      recent('Check Package', 'error'),
    ])
    const page = await desk.sit('olga', 'operator')
    const violations: string[] = []

    await page.goto('/article/00353/1/a')
    await page.getByRole('link', { name: 'Executions of this run' }).click()
    violations.push(...(await violationsOf(page)))
    await page.getByRole('link', { name: 'article-00353' }).click()
    await page.getByRole('heading', { name: 'CheckPackage failed' }).waitFor()
    expect(await page.getByRole('img', { name: /failed: CheckPackage/ }).count()).toBe(1)
    violations.push(...(await violationsOf(page)))

    await page.getByLabel('Reason (optional)').fill('the rule is mended')
    swf.faults['PostToSite'] = undefined
    await page.getByRole('button', { name: 'Rerun from the failed step' }).click()
    await page.waitForURL((url) => url.searchParams.get('run') !== failed.runId)
    const runId = new URL(page.url()).searchParams.get('run') ?? ''
    expect(await swf.ended({ ...failed, runId })).toMatchObject({ status: 'completed' })
    await page.reload()
    const main = page.getByRole('main')
    expect(await main.innerText()).toMatch(/olga reran it from the failed step: the rule is mended/)
    expect(await page.getByRole('row', { name: /^ExpandArticle done in an earlier run/ }).count()).toBe(1)
    violations.push(...(await violationsOf(page)))
    await page.getByRole('link', { name: 'Article 00353 version 1' }).click()
    await page.waitForURL('**/article/00353/1/a')

    await page.goto(executionPath(waiting))
    await page.getByRole('button', { name: 'Try now PostToSite' }).waitFor()
    await page.getByText('Terminate…').click()
    violations.push(...(await violationsOf(page)))
    await page.getByRole('button', { name: 'Try now PostToSite' }).click()
    await page.getByText('olga tried a step now (PostToSite#2)').waitFor()

    await page.goto('/executions/steps')
    await page.getByText('1 of 1 run failed').waitFor()
    violations.push(...(await violationsOf(page)))
    await page.goto('/activity?q=mended')
    expect(await page.getByRole('row').last().innerText()).toMatch(/olga\s+Rerun from the failed step article-00353/)
    expect(violations).toEqual([])
  },
)
