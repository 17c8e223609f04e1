import { SqsError } from './errors.ts'

/** A stored queue. Times are milliseconds since the epoch. */
export interface Queue {
  readonly id: number
  readonly name: string
  readonly arn: string
  /** Only attributes that were set; {@link setting} applies the defaults. */
  readonly attributes: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly created: number
  readonly modified: number
  readonly purged: number
}

const defaults = {
  VisibilityTimeout: 30,
  DelaySeconds: 0,
  MessageRetentionPeriod: 345_600,
  MaximumMessageSize: 1_048_576,
  ReceiveMessageWaitTimeSeconds: 0,
}

/** Names of numeric attributes with a default. */
export type Setting = keyof typeof defaults

/** The defaults of all numeric attributes, as strings, as GetQueueAttributes returns them. */
export const defaultSettings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(defaults).map(([name, value]) => [name, String(value)]),
)

/** A numeric attribute of the queue (seconds or bytes), or its default. */
export function setting(queue: Queue, name: Setting): number {
  const given = queue.attributes[name]
  return given === undefined ? defaults[name] : Number(given)
}

/** True for a FIFO queue: its name ends in `.fifo`. */
export const isFifo = (queue: { readonly name: string }): boolean => queue.name.endsWith('.fifo')

/** Throws InvalidParameterValue for a name that SQS does not accept. */
export function checkQueueName(name: string, fifo: boolean): void {
  const bare = fifo && name.endsWith('.fifo') ? name.slice(0, -'.fifo'.length) : name
  if (!/^[A-Za-z0-9_-]+$/.test(bare) || name.length > 80)
    throw new SqsError(
      'InvalidParameterValueException',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    )
  if (fifo !== name.endsWith('.fifo'))
    throw new SqsError('InvalidParameterValueException', 'The name of a FIFO queue can only end in .fifo')
}

/** The account and name in the URL of a queue: its last two segments, whatever the host. */
export function parseQueueUrl(url: string): { account: string; name: string } {
  const [, account, name] = /([^/]+)\/([^/?#]+)\/?$/.exec(url) ?? []
  if (account === undefined || name === undefined)
    throw new SqsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`)
  return { account, name }
}

export const queueArn = (region: string, account: string, name: string): string =>
  `arn:aws:sqs:${region}:${account}:${name}`
