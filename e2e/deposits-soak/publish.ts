import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Environment } from '../environment.ts'
import { credentialsOf, s3Of } from '../inspect.ts'
import { articleJsonOf, jatsOf, type Publication } from './publications.ts'

/** Reads one of the secrets that the environment drew at its start. */
export function secretOf({ data }: Environment, name: string): string {
  const secrets: Record<string, string> = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8'))
  return secrets[name] ?? ''
}

/**
 * Creates the function that publishes as the end of the pipeline does: the run's files lie in their bucket, the article store has the
 * version and shows it, and the starter message that follows a publication is on its queue.
 */
export async function createPublisher(environment: Environment) {
  const s3 = s3Of(environment)
  const { aws: endpoint, lax } = environment.urls
  const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials: credentialsOf(environment) })
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'local-workflow-starter-queue' }))
  const authorization = `Bearer ${secretOf(environment, 'lax-token')}`
  const put = (Key: string, Body: string) =>
    s3.send(new PutObjectCommand({ Bucket: 'local-continuum-publishing-expanded', Key, Body }))

  return async (publication: Publication): Promise<void> => {
    const { articleId, version, status } = publication
    const run = randomUUID()
    const folder = `${articleId}.${version}/${run}`
    const files = [
      { name: `elife-${articleId}-v${version}.xml`, kind: 'articleXml', content: jatsOf(publication) },
      { name: `elife-${articleId}-v${version}.pdf`, kind: 'articlePdf', content: '%PDF-1.4\n' },
    ]
    for (const { name, content } of files) await put(`${folder}/${name}`, content)
    const article = { articleId, version, run, journal: 'elife', status, folder, resupplied: false }
    const unpacked = files.map(({ name, kind, content }) => ({ name, packed: name, kind, bytes: content.length }))
    const manifest = { article, files: unpacked, inFolders: [], automatic: true }
    await put(`${folder}/manifest.json`, JSON.stringify(manifest))

    const answer = await fetch(`${lax}/api/v2/articles/${articleId}/versions/${version}?publish=true`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ article: articleJsonOf(publication), run }),
    })
    if (answer.status !== 200) throw new Error(`lax answers ${answer.status}: ${await answer.text()}`)
    const workflow_data = {
      article_id: articleId,
      version: String(version),
      run,
      expanded_folder: folder,
      status: status.toUpperCase(),
      update_date: new Date().toISOString(),
      eif_location: `${folder}/elife-${articleId}-v${version}.json`,
    }
    const MessageBody = JSON.stringify({ workflow_name: 'PostPerfectPublication', workflow_data })
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  }
}
