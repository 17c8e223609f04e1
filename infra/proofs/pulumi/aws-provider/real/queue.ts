import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type QueueAttributeName,
} from '@aws-sdk/client-sqs'
import { textOf, type Properties, type Value } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

/** The attribute and the type of each input. */
const attributes: Record<string, [name: QueueAttributeName, kind: 'number' | 'truth' | 'text']> = {
  visibilityTimeoutSeconds: ['VisibilityTimeout', 'number'],
  messageRetentionSeconds: ['MessageRetentionPeriod', 'number'],
  delaySeconds: ['DelaySeconds', 'number'],
  receiveWaitTimeSeconds: ['ReceiveMessageWaitTimeSeconds', 'number'],
  maxMessageSize: ['MaximumMessageSize', 'number'],
  sqsManagedSseEnabled: ['SqsManagedSseEnabled', 'truth'],
  redrivePolicy: ['RedrivePolicy', 'text'],
}

const asked = (inputs: Properties): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([input, [name]]) =>
      inputs[input] === undefined ? [] : [[name, textOf(inputs[input])]],
    ),
  )

const valueOf = (text: string, kind: 'number' | 'truth' | 'text'): Value =>
  kind === 'number' ? Number(text) : kind === 'truth' ? text === 'true' : text

export const queue: RealKind = {
  async create({ sqs }, inputs) {
    const made = await sqs.send(
      new CreateQueueCommand({ QueueName: textOf(inputs['name']), Attributes: asked(inputs) }),
    )
    const url = made.QueueUrl ?? ''
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
    )
    return { id: url, url, arn: Attributes?.QueueArn ?? '' }
  },
  async read({ sqs }, id) {
    const all = sqs.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ['All'] }))
    const found = await orGone(all, 'QueueDoesNotExist')
    if (!found) return undefined
    const held = Object.entries(attributes).flatMap(([input, [name, kind]]): [string, Value][] => {
      const text = found.Attributes?.[name]
      return text === undefined ? [] : [[input, valueOf(text, kind)]]
    })
    return { name: id.split('/').at(-1) ?? '', ...Object.fromEntries(held) }
  },
  async update({ sqs }, id, inputs) {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes: asked(inputs) }))
  },
  async delete({ sqs }, id) {
    await orGone(sqs.send(new DeleteQueueCommand({ QueueUrl: id })), 'QueueDoesNotExist')
  },
}
