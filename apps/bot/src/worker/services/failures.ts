import { PermanentFailure } from '@continuum/workflow-core'

/** Thrown when a service does not answer, or says that it cannot answer now. A retry may help. */
export class ServiceUnavailableFailure extends Error {
  override readonly name: string = 'ServiceUnavailableFailure'
  /** Seconds after which the service asked to be tried again. */
  readonly retryAfter?: number

  constructor(message: string, options: ErrorOptions & { retryAfter?: number } = {}) {
    super(message, options)
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter
  }
}

/** Thrown when a service is busy (429), which uses up no attempt. */
export class ServiceBusyFailure extends ServiceUnavailableFailure {}

/** Thrown when a service refuses a request. The same request would be refused again. */
export class RequestRefusedFailure extends PermanentFailure {}
