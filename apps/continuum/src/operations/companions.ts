import { randomUUID } from 'node:crypto'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { queueUrl } from '@continuum/aws-resources'
import { encodeMessage, type Property, type StarterMessage } from '@continuum/messages'
import { UserError } from '../errors/user-error.ts'
import type { EnvironmentAws } from '../local/running-aws.ts'

/** Sends the dashboard a text property of a version, or with version 0 of the whole article. */
export async function sendProperty(
  { clients: { sqs }, names }: EnvironmentAws,
  { article, version, name, value }: { article: string; version: number; name: string; value: string },
): Promise<void> {
  const property: Property = {
    message_type: 'property',
    item_identifier: article,
    version,
    name,
    value,
    property_type: 'text',
    message_id: randomUUID(),
  }
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrl(sqs, names.queues.events),
      MessageBody: encodeMessage(property),
    }),
  )
}

/** Asks the workflow starter for an execution of a workflow, with its data as it is. */
export async function sendStart({ clients: { sqs }, names }: EnvironmentAws, message: StarterMessage): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrl(sqs, names.queues.starter),
      MessageBody: encodeMessage(message),
    }),
  )
}

/**
 * Reads the data of a workflow.
 *
 * @throws {UserError} for what is no JSON object
 */
export function workflowData(text: string): StarterMessage['workflow_data'] {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {}
  throw new UserError(`The data must be a JSON object such as {"article_id": "00353"}, but is ${text}`)
}
