import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { newEnvironment, type Environment, type Run } from '../environment.ts'
import { publishedVersions, s3Of } from '../inspect.ts'
import { articleXml, zip } from '../small-package.ts'

const missingFigure = '<body><fig id="fig1"><graphic xlink:href="elife-90101-fig1"/></fig></body>'

/** At nine in the morning: one delivery was good, later ones of the same article failed. */
describe('an editor, after a night of failed re-deliveries', () => {
  let environment: Environment
  let run: Run
  let browser: Browser
  let page: Page
  let folder: string
  const deliver = async (name: string, body?: string) =>
    s3Of(environment).send(
      new PutObjectCommand({
        Bucket: 'local-continuum-production-final',
        Key: name,
        Body: await zip({ 'elife-90101.xml': articleXml('90101', body) }),
      }),
    )
  /** The rows of a section, each as its text. */
  const rows = async (section: string) =>
    (await page.locator(`#${section}-rows > li`).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))

  beforeAll(async () => {
    // What a shell may say of AWS leads no process of ours elsewhere.
    environment = await newEnvironment({ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1', AWS_PROFILE: 'nobody' })
    folder = mkdtempSync(join(tmpdir(), 'failed-runs-'))
    const good = join(folder, 'elife-90101-vor-r1.zip')
    writeFileSync(good, await zip({ 'elife-90101.xml': articleXml('90101') }))
    browser = await launchBrowser()
    page = await browser.newPage({ baseURL: environment.urls.dashboard })
    run = environment.start(good)
    await run.line((line) => line.includes('READY TO PUBLISH'))
    const signIn = await run.line((line) => line.includes('/sign-in?token='))
    await page.goto(/http\S+\/sign-in\?token=\S+/.exec(signIn)?.[0] ?? '')
  })
  afterAll(async () => {
    await browser.close()
    await environment[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  test('sees each run that failed, whatever its version, beside the one that is still good', async () => {
    await deliver('elife-90101-vor-v5-20160802113816.zip')
    await deliver('elife-90101-vor-r2.zip', missingFigure)
    await expect
      .poll(() => rows('error'), { timeout: 60_000 })
      .toEqual([
        expect.stringMatching(/90101 version 1 run 2 .*Check Package failed.*fig1/),
        expect.stringMatching(/90101 version 5 .*failed/),
      ])
    expect(await rows('uir')).toEqual([
      expect.stringMatching(
        /version 1 run 1 .*Run 2, which is newer, failed at Check Package\. You can still publish this run\./,
      ),
    ])
  })

  test('dismisses the misnamed one, which can be restored', async () => {
    const dismiss = async () => {
      await page.getByRole('button', { name: 'Dismiss 90101 version 5' }).click()
      await page.getByLabel(/^Reason/).fill('Its name has a version that is not there.')
      await page.getByRole('button', { name: 'Dismiss', exact: true }).click()
      await page.waitForURL('**/current?batch=*')
    }
    await dismiss()
    await expect.poll(() => rows('error')).toHaveLength(1)
    await page.goto('/article/90101/5')
    await page.getByRole('button', { name: 'Restore' }).click()
    await page.goto('/current')
    expect(await rows('error')).toHaveLength(2)
    await dismiss()
    await expect.poll(() => rows('error')).toHaveLength(1)
  })

  test('has the failed one run again, as a new run', async () => {
    await page.goto('/current')
    await page.getByRole('button', { name: 'Run again 90101 version 1' }).click()
    await page.getByLabel(/^Reason/).fill('The package is mended')
    await page.locator('#confirm').click()
    await page.locator('#notice').waitFor()
    await expect
      .poll(() => rows('error'), { timeout: 60_000 })
      .toEqual([expect.stringMatching(/90101 version 1 run 3 .*Check Package failed/)])
  })

  test('publishes the good one', async () => {
    await page.getByRole('button', { name: /^publish 90101 version 1/i }).click()
    await page.getByRole('button', { name: 'Publish' }).last().click()
    await run.line((line) => line.includes('PUBLISHED:'))
    expect(await publishedVersions(environment, '90101')).toEqual([1])
    await page.goto('/current')
    await expect.poll(() => rows('published')).toHaveLength(1)
    expect(await rows('error')).toHaveLength(1)
  })
})
