import { GetQueueAttributesCommand, SetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { textOf } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

const put = (sqs: SQSClient, id: string, policy: string) =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes: { Policy: policy } }))

export const queuePolicy: RealKind = {
  async create({ sqs }, inputs) {
    const id = textOf(inputs['queueUrl'])
    await put(sqs, id, textOf(inputs['policy']))
    return { id }
  },
  async read({ sqs }, id) {
    const asked = sqs.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ['Policy'] }))
    const policy = (await orGone(asked, 'QueueDoesNotExist'))?.Attributes?.Policy
    return policy ? { queueUrl: id, policy } : undefined
  },
  async update({ sqs }, id, inputs) {
    await put(sqs, id, textOf(inputs['policy']))
  },
  async delete({ sqs }, id) {
    await orGone(put(sqs, id, ''), 'QueueDoesNotExist')
  },
}
