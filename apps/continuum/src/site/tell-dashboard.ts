import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { queueUrl } from '@continuum/aws-resources'
import { encodeMessage, uuidOf, type DashboardMessage, type MessageBatch } from '@continuum/messages'
import type { Archive, ArchivedMark } from '@continuum/package'
import type { EnvironmentAws } from '../local/running-aws.ts'
import type { PostedVersion } from './archived-version.ts'

/** The properties by which the dashboard knows an article, and the keys of the EIF that tell them. */
const properties: Readonly<Record<string, string>> = { title: 'title', doi: 'doi', status: 'status', path: 'path' }

type Property = Extract<DashboardMessage, { message_type: 'property' }>

/** The messages have ids of what they say: what the dashboard has stored of an earlier rebuild, it does not store again. */
function propertyOf(about: Pick<Property, 'item_identifier' | 'version' | 'run'>, key: string) {
  return (name: string, value: string): Property => ({
    message_type: 'property',
    ...about,
    name,
    value,
    property_type: 'text',
    message_id: uuidOf('site rebuild', key, about.run ?? null, name, value),
  })
}

/** Tells the dashboard of a version that was made again: what it is, and that it is published, so that people can correct and withdraw it. */
export async function tellDashboard(
  aws: EnvironmentAws,
  { key, article, version }: Archive,
  { eif, run, published }: PostedVersion,
): Promise<void> {
  const about = { item_identifier: article, version, run }
  const property = propertyOf(about, key)
  const known = Object.entries(properties).flatMap(([name, from]) => {
    const value = eif[from]
    return typeof value === 'string' ? [property(name, value)] : []
  })
  await tell(aws, [
    {
      message_type: 'event',
      ...about,
      event_type: 'Rebuild',
      timestamp: published,
      status: 'end',
      message: `Made again from the archive ${key}.`,
      message_id: uuidOf('site rebuild', key, run, 'event', published),
    },
    ...known,
    property('publication-date', published),
    property('publication-status', 'published'),
  ])
}

/** Tells the dashboard that an article is withdrawn, and why, as the pipeline does when it withdraws one. */
export async function tellWithdrawn(aws: EnvironmentAws, { key, article }: ArchivedMark, why: string): Promise<void> {
  await tell(aws, [propertyOf({ item_identifier: article, version: 0 }, key)('withdrawn', why)])
}

async function tell({ clients: { sqs }, names }: EnvironmentAws, messages: DashboardMessage[]): Promise<void> {
  const batch: MessageBatch = { message_type: 'batch', messages }
  await sqs.send(
    new SendMessageCommand({ QueueUrl: await queueUrl(sqs, names.queues.events), MessageBody: encodeMessage(batch) }),
  )
}
