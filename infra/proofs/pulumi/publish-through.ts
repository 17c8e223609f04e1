import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { createClients, namesOf, type Clients } from '@continuum/aws-resources'
import { loadEnvironment, partOf } from '@continuum/environments'
import { expect } from 'vitest'
import type { Checkout } from './checkout.ts'
import { tasksIn } from './kept.ts'
import type { TestPackage } from './package.ts'
import { storeOf } from './pulumi.ts'
import { runTasks } from './run-tasks.ts'

/**
 * Sends a package through an environment that Pulumi made: its tasks run here as ECS would run them, the package is laid into its bucket,
 * approved as soon as the dashboard takes that, and seen by readers.
 */
export async function publishThrough(
  checkout: Checkout,
  { stack, aws, clients, sent }: { stack: string; aws: string; clients: Clients; sent: TestPackage },
): Promise<void> {
  const { file, articleId } = sent
  const environment = await loadEnvironment(stack, join(checkout.folder, 'infra', 'environments'))
  const tasks = tasksIn(storeOf(checkout.folder))
  await using running = await runTasks(tasks, { environment, aws, folder: checkout.folder })
  const { dashboard, lax } = running.urls
  const bucket = namesOf(environment).buckets.production
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: basename(file), Body: readFileSync(file) }))

  const web = tasks.map(({ variables }) => partOf('dashboard-web', variables)['DASHBOARD_TOKEN']).find((token) => token)
  const headers = { authorization: `Bearer ${web}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ articles: [{ id: articleId, version: 1 }] })
  const approve = async () => {
    const reply = await fetch(`${dashboard}/api/queue_article_publication`, { method: 'POST', headers, body })
    return reply.json()
  }
  const answers = { timeout: 120_000, interval: 500 }
  await expect
    .poll(() => approve().catch(() => undefined), { ...answers, message: running.log() })
    .toMatchObject({ articles: [{ 'publication-status': 'queued' }] })
  await expect.poll(() => publishedVersions(lax, articleId), answers).toEqual([1])
}

/** The versions of an article that the public sees. */
async function publishedVersions(lax: string, articleId: string): Promise<number[]> {
  const reply = await fetch(`${lax}/api/v2/articles/${articleId}/versions`)
  if (!reply.ok) return []
  const history: { versions: { version: number }[] } = JSON.parse(await reply.text())
  return history.versions.map(({ version }) => version)
}

/** The SDK clients of the test itself, which reach the same AWS as the stand-in. */
export function clientsAt(url: string): Clients {
  Object.assign(process.env, { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' })
  return createClients({ region: 'us-east-1' })
}
