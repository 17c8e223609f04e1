/** An error response of SWF: a status, a fully qualified name, a message. Only the 500 is worth a retry. */
export class SwfError extends Error {
  override readonly name: string = 'SwfError'
  readonly type: string
  readonly status: number
  constructor(type: string, message: string, status = 400) {
    super(message)
    this.type = type
    this.status = status
  }
}

const modelError = (name: string) => (message: string) => new SwfError(`com.amazonaws.swf.base.model#${name}`, message)

export const domainAlreadyExists = modelError('DomainAlreadyExistsFault')
export const domainDeprecated = modelError('DomainDeprecatedFault')
export const typeAlreadyExists = modelError('TypeAlreadyExistsFault')
export const typeDeprecated = modelError('TypeDeprecatedFault')
export const typeNotDeprecated = modelError('TypeNotDeprecatedFault')
export const defaultUndefined = modelError('DefaultUndefinedFault')
export const tooManyTags = modelError('TooManyTagsFault')
export const serialization = modelError('SerializationException')
const unknownResource = modelError('UnknownResourceFault')

export const alreadyStarted = () => modelError('WorkflowExecutionAlreadyStartedFault')('Already Started')
export const invalid = (message: string) => new SwfError('com.amazon.coral.validate#ValidationException', message)
export const missingCredentials = () =>
  new SwfError('com.amazon.coral.service#MissingAuthenticationTokenException', 'Missing Authentication Token')
export const unknownOperation = (name: string) =>
  new SwfError('com.amazon.coral.service#UnknownOperationException', `Unknown operation: ${name}`)
export const internalFailure = () => new SwfError('com.amazon.coral.service#InternalFailure', 'Internal failure', 500)

export type Kind = 'WorkflowType' | 'ActivityType'
interface Versioned {
  name: string
  version: string
}

export const describeType = (kind: Kind, { name, version }: Versioned) => `${kind}=[name=${name}, version=${version}]`
export const unknownDomain = (name: string) => unknownResource(`Unknown domain: ${name}`)
export const unknownType = (kind: Kind, type: Versioned) => unknownResource(`Unknown type: ${describeType(kind, type)}`)
/** The error for an unknown execution; without `runId` the client asked for the open run. */
export const unknownExecution = (workflowId: string, runId?: string) =>
  unknownResource(
    runId === undefined
      ? `Unknown execution, workflowId = ${workflowId}`
      : `Unknown execution: WorkflowExecution=[workflowId=${workflowId}, runId=${runId}]`,
  )
export const unknownActivity = (eventId: number) => unknownResource(`Unknown activity, scheduledEventId = ${eventId}`)
export const unknownDecisionTask = (eventId: number) =>
  unknownResource(`Unknown decision task, scheduledEventId = ${eventId}`)
