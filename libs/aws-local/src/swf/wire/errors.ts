/** What SWF answers instead of a result: a status, a fully qualified name, a message. None of ours is worth a retry but the 500. */
export class SwfFault extends Error {
  override readonly name: string = 'SwfFault'
  readonly type: string
  readonly status: number
  constructor(type: string, message: string, status = 400) {
    super(message)
    this.type = type
    this.status = status
  }
}

const modelFault = (name: string) => (message: string) => new SwfFault(`com.amazonaws.swf.base.model#${name}`, message)

export const domainAlreadyExists = modelFault('DomainAlreadyExistsFault')
export const domainDeprecated = modelFault('DomainDeprecatedFault')
export const typeAlreadyExists = modelFault('TypeAlreadyExistsFault')
export const typeDeprecated = modelFault('TypeDeprecatedFault')
export const typeNotDeprecated = modelFault('TypeNotDeprecatedFault')
export const defaultUndefined = modelFault('DefaultUndefinedFault')
export const tooManyTags = modelFault('TooManyTagsFault')
export const serialization = modelFault('SerializationException')
const unknownResource = modelFault('UnknownResourceFault')

export const alreadyStarted = () => modelFault('WorkflowExecutionAlreadyStartedFault')('Already Started')
export const invalid = (message: string) => new SwfFault('com.amazon.coral.validate#ValidationException', message)
export const missingCredentials = () =>
  new SwfFault('com.amazon.coral.service#MissingAuthenticationTokenException', 'Missing Authentication Token')
export const unknownOperation = (name: string) =>
  new SwfFault('com.amazon.coral.service#UnknownOperationException', `Unknown operation: ${name}`)
export const internalFailure = () => new SwfFault('com.amazon.coral.service#InternalFailure', 'Internal failure', 500)

export type Kind = 'WorkflowType' | 'ActivityType'
interface Versioned {
  name: string
  version: string
}

export const describeType = (kind: Kind, { name, version }: Versioned) => `${kind}=[name=${name}, version=${version}]`
export const unknownDomain = (name: string) => unknownResource(`Unknown domain: ${name}`)
export const unknownType = (kind: Kind, type: Versioned) => unknownResource(`Unknown type: ${describeType(kind, type)}`)
/** Without a run the caller meant the open one. */
export const unknownExecution = (workflowId: string, runId?: string) =>
  unknownResource(
    runId === undefined
      ? `Unknown execution, workflowId = ${workflowId}`
      : `Unknown execution: WorkflowExecution=[workflowId=${workflowId}, runId=${runId}]`,
  )
export const unknownActivity = (eventId: number) => unknownResource(`Unknown activity, scheduledEventId = ${eventId}`)
export const unknownDecisionTask = (eventId: number) =>
  unknownResource(`Unknown decision task, scheduledEventId = ${eventId}`)
