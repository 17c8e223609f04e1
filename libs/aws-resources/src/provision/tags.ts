import { ListQueueTagsCommand, TagQueueCommand, type SQSClient } from '@aws-sdk/client-sqs'
import {
  DescribeDomainCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  type SWFClient,
} from '@aws-sdk/client-swf'
import { queueUrl } from '../connect/queue-url.ts'
import type { Outcome } from './outcome.ts'
import { settle } from './setting.ts'

type Tags = Record<string, string>

/** Tags a queue; other tags on it stay. */
export async function tagQueue(sqs: SQSClient, name: string, tags: Tags): Promise<Outcome> {
  const QueueUrl = await queueUrl(sqs, name)
  return settle({
    wanted: tags,
    nothing: [],
    read: async () => ours((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags ?? {}, tags),
    write: () => sqs.send(new TagQueueCommand({ QueueUrl, Tags: tags })),
  })
}

/** Tags the SWF domain; other tags on it stay. */
export async function tagDomain(swf: SWFClient, name: string, tags: Tags): Promise<Outcome> {
  const { domainInfo } = await swf.send(new DescribeDomainCommand({ name }))
  const resourceArn = domainInfo?.arn ?? ''
  return settle({
    wanted: tags,
    nothing: [],
    async read() {
      const { tags: held = [] } = await swf.send(new ListTagsForResourceCommand({ resourceArn }))
      return ours(Object.fromEntries(held.map(({ key = '', value = '' }) => [key, value])), tags)
    },
    write: () =>
      swf.send(
        new TagResourceCommand({ resourceArn, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }),
      ),
  })
}

const ours = (held: Tags, tags: Tags): Tags => Object.fromEntries(Object.entries(held).filter(([key]) => key in tags))
