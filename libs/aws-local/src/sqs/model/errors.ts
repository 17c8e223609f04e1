/**
 * SQS's errors: the code of the older Query protocol (which boto3 still shows, from the header `x-amzn-query-error`) and the HTTP
 * status in the Query protocol. The JSON protocol always uses 400 and names the shape.
 */
const catalogue = {
  BatchEntryIdsNotDistinct: ['AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 400],
  BatchRequestTooLong: ['AWS.SimpleQueueService.BatchRequestTooLong', 400],
  EmptyBatchRequest: ['AWS.SimpleQueueService.EmptyBatchRequest', 400],
  InvalidAddress: ['InvalidAddress', 404],
  InvalidAttributeName: ['InvalidAttributeName', 400],
  InvalidAttributeValue: ['InvalidAttributeValue', 400],
  InvalidBatchEntryId: ['AWS.SimpleQueueService.InvalidBatchEntryId', 400],
  InvalidMessageContents: ['InvalidMessageContents', 400],
  InvalidParameterValueException: ['InvalidParameterValue', 400],
  MessageNotInflight: ['AWS.SimpleQueueService.MessageNotInflight', 400],
  MissingAuthenticationToken: ['MissingAuthenticationToken', 403],
  MissingRequiredParameterException: ['MissingParameter', 400],
  OverLimit: ['OverLimit', 403],
  PurgeQueueInProgress: ['AWS.SimpleQueueService.PurgeQueueInProgress', 403],
  QueueDoesNotExist: ['AWS.SimpleQueueService.NonExistentQueue', 400],
  QueueNameExists: ['QueueAlreadyExists', 400],
  ReceiptHandleIsInvalid: ['ReceiptHandleIsInvalid', 404],
  ResourceNotFoundException: ['ResourceNotFoundException', 404],
  SerializationException: ['MalformedInput', 400],
  TooManyEntriesInBatchRequest: ['AWS.SimpleQueueService.TooManyEntriesInBatchRequest', 400],
  UnsupportedOperation: ['AWS.SimpleQueueService.UnsupportedOperation', 400],
} as const satisfies Record<string, readonly [queryCode: string, status: number]>

/** The name of an error's shape, as in the JSON protocol. */
export type SqsErrorName = keyof typeof catalogue

/** Thrown when a request cannot be carried out because of a client error; the service turns it into the protocol's reply. */
export class SqsError extends Error {
  override readonly name = 'SqsError'
  readonly shape: SqsErrorName

  constructor(shape: SqsErrorName, message: string) {
    super(message)
    this.shape = shape
  }

  get queryCode(): string {
    return catalogue[this.shape][0]
  }

  get queryStatus(): number {
    return catalogue[this.shape][1]
  }
}

/** InvalidParameterValue, in the form that SQS uses for all values out of range: `Value X for parameter P is invalid. Reason: ...`. */
export const invalidValue = (value: string | number, parameter: string, reason: string): SqsError =>
  new SqsError(
    'InvalidParameterValueException',
    `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`,
  )
