import { randomUUID } from 'node:crypto'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { queueUrl } from '@continuum/aws-resources'
import { encodeMessage, type DashboardMessage, type MessageBatch } from '@continuum/messages'
import type { Archive } from '@continuum/package'
import type { EnvironmentAws } from '../local/running-aws.ts'
import type { PostedVersion } from './archived-version.ts'

/** The properties by which the dashboard knows an article, and the keys of the EIF that tell them. */
const properties: Readonly<Record<string, string>> = { title: 'title', doi: 'doi', status: 'status', path: 'path' }

/**
 * Tells the dashboard of a version that was made again: what it is, and that it is published, so that people can correct and withdraw it.
 * It may be told twice.
 */
export async function tellDashboard(
  { clients: { sqs }, names }: EnvironmentAws,
  { key, article, version }: Archive,
  { eif, run, published }: PostedVersion,
): Promise<void> {
  const about = { item_identifier: article, version, run }
  const property = (name: string, value: string): DashboardMessage => ({
    message_type: 'property',
    ...about,
    name,
    value,
    property_type: 'text',
    message_id: randomUUID(),
  })
  const known = Object.entries(properties).flatMap(([name, from]) => {
    const value = eif[from]
    return typeof value === 'string' ? [property(name, value)] : []
  })
  const messages: DashboardMessage[] = [
    {
      message_type: 'event',
      ...about,
      event_type: 'Rebuild',
      timestamp: published,
      status: 'end',
      message: `Made again from the archive ${key}.`,
      message_id: randomUUID(),
    },
    ...known,
    property('publication-date', published),
    property('publication-status', 'published'),
  ]
  const batch: MessageBatch = { message_type: 'batch', messages }
  await sqs.send(
    new SendMessageCommand({ QueueUrl: await queueUrl(sqs, names.queues.events), MessageBody: encodeMessage(batch) }),
  )
}
