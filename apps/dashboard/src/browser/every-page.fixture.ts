import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { createClients, provision, queueUrl } from '@continuum/aws-resources'
import { encodeLosses, reasonAttribute, type Event } from '@continuum/messages'
import type { Page } from 'playwright-core'
import { onTestFinished, vi } from 'vitest'
import { event, minute, property, readyRun } from '../derive/history/messages.fixture.ts'
import type { Received } from '../derive/history/model.ts'
import { corrected, startStores } from '../pages/changes/stores.fixture.ts'
import { deposit, startDeposits } from '../pages/deposits/deposits.fixture.ts'
import { executionPath } from '../pages/executions/paths.ts'
import { startSwf } from '../pages/executions/swf.fixture.ts'
import { names } from '../web/dashboard.fixture.ts'
import { startDesk } from './browser.fixture.ts'

/** A page under its name, and the way to it. */
export interface Place {
  readonly name: string
  readonly open: (page: Page) => Promise<unknown>
}

const failure = 'Figure 3 has no file: elife-20001-fig3-v1.tif is named in the XML, but not in the package.'

const losses = encodeLosses({
  summary: '1 footnote is not shown.',
  kinds: [
    {
      kind: 'footnote',
      severity: 'finding',
      label: 'footnotes',
      count: 1,
      words: 2,
      entries: [{ line: 7, xpath: '/article/back/fn[1]', excerpt: 'Equal contribution', why: 'It has no place.' }],
    },
  ],
  report: 's3://bucket/key',
})

const failed = (id: string): Received[] => [
  event(0, 'Delivery', 'start', {
    item_identifier: id,
    version: 0,
    delivery: {
      bucket_name: 'production-final',
      file_name: `elife-${id}-vor-r1.zip`,
      file_etag: 'abc',
      file_size: 7,
      event_time: minute(0),
    },
  }),
  property(1, 'title', `Of the many rivers that lead to ${id}`, { item_identifier: id }),
  event(1, 'Check Package', 'start', { item_identifier: id }),
  event(2, 'Check Package', 'retry', { item_identifier: id, message: 'S3 is slow', retry_at: minute(200) }),
  event(200, 'Check Package', 'error', { item_identifier: id, message: failure }),
]

/** An event that happened just now, for the grid of the last days. */
const recent = (type: string, status: string, id: string): Received<Event> => {
  const now = Temporal.Now.instant()
  const { message } = event(0, type, status, { item_identifier: id })
  return { sent: now.epochMilliseconds, message: { ...message, timestamp: now.toString() } }
}

/** Starts a dashboard with all that its pages show: articles, executions, queues, deposits, contents. */
async function startFullDesk() {
  const swf = await startSwf()
  const { LAX_URL } = await startStores(swf.aws)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy()
  })
  await provision(clients, names, () => undefined)
  for (const reason of ['There is no workflow "Nope".', 'No bucket.'])
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: await queueUrl(clients.sqs, names.deadLetters.starter),
        MessageBody: '{"workflow_name":"Nope","workflow_data":{"file_name":"elife-00353-vor-r1.zip"}}',
        MessageAttributes: { reason: reasonAttribute({ reason }) },
      }),
    )
  const { url } = await startDeposits()
  swf.faults['CheckPackage'] = 'for good'
  const broken = await swf.start('20001')
  await swf.ended(broken)
  swf.faults['CheckPackage'] = undefined
  swf.faults['PostToSite'] = 'for now'
  const retrying = await swf.start('00777')
  await swf.has(retrying, 'TimerStarted')
  const desk = await startDesk({
    LAX_URL,
    DEPOSITS_URL: url,
    MAIL: { from: 'a@example.org', smtp: { host: '127.0.0.1', port: 9 } },
  })
  await desk.receive([
    ...corrected,
    property(25, 'findings', 'No alternative text\nThe date is in the past', { run: 'b' }),
    property(25, 'losses', losses, { run: 'b' }),
    ...Array.from({ length: 14 }, (_, index) => readyRun(index, { article: String(10_000 + index) })).flat(),
    ...['20001', '20002', '20003'].flatMap(failed),
    ...readyRun(0, { article: '30001' }),
    property(11, 'publication-status', 'published', { item_identifier: '30001' }),
    recent('Expand Article', 'end', '20004'),
    recent('Check Package', 'error', '20004'),
  ])
  return { ...desk, broken, retrying }
}

/** Starts a dashboard, and returns the ways to each of its pages for an administrator. */
export async function startEveryPage() {
  const desk = await startFullDesk()
  const at = (path: string): Place => ({ name: path, open: (page) => page.goto(path) })
  const select = async (page: Page) => {
    await page.goto('/current')
    await page
      .getByRole('checkbox', { name: /Select 1000[012] / })
      .first()
      .check()
  }
  const asked = (act: string): Place => ({
    name: `${act} of selected articles`,
    open: async (page) => {
      await select(page)
      await page.getByRole('button', { name: act }).click()
      await page.locator('#confirm').waitFor()
    },
  })
  const places: Place[] = [
    ...['/today', '/current', '/current?status=VOR&sort=title', '/archive', '/activity', '/people', '/sessions'].map(
      at,
    ),
    ...['/article/00353/1/b', '/article/20001', '/article/00353/1/b/changes'].map(at),
    ...['/publish?article=00353/1/b', '/publish?article=10000/1/a&article=10001/1/a'].map(at),
    ...['/scheduled', '/scheduled?view=month', '/scheduled?view=week', '/schedule/change?article=10003'].map(at),
    ...[
      '/executions',
      '/executions?deposits=only',
      executionPath(desk.broken),
      executionPath(desk.retrying),
      '/executions/steps?days=7',
    ].map(at),
    ...[
      '/queues',
      '/queues/starter',
      '/deposits',
      '/deposits?attention=failed',
      '/processes',
      `/deposits/${deposit.id}`,
    ].map(at),
    ...['/nowhere', executionPath({ workflowId: 'article-1', runId: 'none' })].map(at),
    ...['Assign…', 'Schedule…', 'Dismiss…'].map(asked),
    {
      name: 'publications',
      open: async (page) => {
        await page.goto('/publish?article=10010/1/a')
        await page.getByRole('button', { name: /^Publish/ }).click()
        await page.waitForURL('**/publications/*')
      },
    },
    {
      name: 'results',
      open: async (page) => {
        await asked('Dismiss…').open(page)
        await page.getByLabel(/^Reason/).fill('No PDF')
        await page.getByRole('button', { name: 'Dismiss', exact: true }).click()
        await page.getByRole('link', { name: 'Results' }).click()
        await page.waitForURL('**/results/*')
      },
    },
    {
      name: 'a page that the role does not allow',
      open: async (page) => {
        await desk.sql`update account set role = 'reader' where name = 'graham'`
        await page.goto('/people')
        await desk.sql`update account set role = 'administrator' where name = 'graham'`
        await page.getByRole('heading', { name: 'Your role does not allow this' }).waitFor()
      },
    },
    {
      name: 'a form of another session',
      open: async (page) => {
        await page.goto('/people')
        await page.evaluate(`for (const field of document.getElementsByName('_csrf')) field.value = 'stale'`)
        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.getByRole('heading', { name: 'Please try again' }).waitFor()
      },
    },
    {
      name: '/docs',
      open: async (page) => {
        await page.goto('/docs')
        await page.getByRole('heading', { name: 'Dashboard: the HTTP contract' }).waitFor()
      },
    },
    {
      name: 'sign-in',
      open: async (page) => {
        await page.context().clearCookies()
        await page.goto('/sign-in')
      },
    },
  ]
  return { ...desk, places }
}
