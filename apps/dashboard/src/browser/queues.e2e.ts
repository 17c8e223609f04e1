import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, depthsOf, provision, queueUrl } from '@continuum/aws-resources'
import { reasonAttribute } from '@continuum/messages'
import { expect, onTestFinished, test, vi } from 'vitest'
import { names } from '../web/dashboard.fixture.ts'
import { startDesk, violationsOf } from './browser.fixture.ts'

/** An operator's look at the queues, in a real browser on a real SQS. */

async function startQueues(): Promise<SQSClient> {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  await provision(clients, names, () => undefined)
  return clients.sqs
}

test(
  'an operator finds a dead letter, reads why and what it was, and gives it back; readers only look',
  { timeout: 120_000 },
  async () => {
    const sqs = await startQueues()
    const QueueUrl = await queueUrl(sqs, names.deadLetters.starter)
    const put = (body: string, reason: string) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: body,
          MessageAttributes: { reason: reasonAttribute({ reason }) },
        }),
      )
    await put('{"workflow_name":"PublishPerfectArticle","workflow_data":{"file_name":"elife-00353.zip"}}', 'No bucket.')
    await put('{"workflow_name":"Nope"}', 'There is no workflow "Nope".')
    await using desk = await startDesk()
    const page = await desk.sit('olga', 'operator')
    await page.getByRole('link', { name: 'Queues', exact: true }).click()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('link', { name: '2 dead letters' }).click()
    const letter = page.getByRole('listitem').filter({ hasText: 'No bucket.' })
    await letter.getByText(/^Message, /).click()
    expect(await letter.getByLabel(/^Message /).innerText()).toContain('elife-00353.zip')
    await letter.getByText('Redrive', { exact: true }).click()
    expect(await violationsOf(page)).toEqual([])
    await letter.getByLabel(/^Reason/).fill('the bucket is there')
    await letter.getByRole('button', { name: 'Redrive this dead letter' }).click()
    await page.getByRole('heading', { name: 'Redrives' }).waitFor()
    expect(await page.getByText('No bucket.').count()).toBe(0)
    expect((await depthsOf(sqs, names)).find(({ role }) => role === 'starter')?.messages).toEqual({
      waiting: 1,
      underWay: 0,
      dead: 1,
    })
    await page.goto('/activity?action=redrive')
    expect(await page.locator('#activity tbody tr').innerText()).toMatch(/olga[^]*the bucket is there/)
    const reader = await desk.sit('rita', 'reader')
    await reader.goto('/queues/starter')
    await reader.getByText('There is no workflow "Nope".').waitFor()
    expect(await reader.getByText('Redrive', { exact: true }).count()).toBe(0)
  },
)
