/** The exceptions of the COUNTER API that this service tells: code, exact message and HTTP status. COUNTER 5.1, appendix D. */
const exceptions = {
  1030: { message: 'Insufficient Information to Process Request', status: 400 },
  2010: { message: 'Requestor is Not Authorized to Access Usage for Institution', status: 403 },
  2020: { message: 'APIKey Invalid', status: 401 },
  3020: { message: 'Invalid Date Arguments', status: 400 },
  3030: { message: 'No Usage Available for Requested Dates', status: 200 },
  3031: { message: 'Usage Not Ready for Requested Dates', status: 200 },
  3032: { message: 'Usage No Longer Available for Requested Dates', status: 200 },
  3050: { message: 'Parameter Not Recognized in this Context', status: 200 },
  3060: { message: 'Invalid ReportFilter Value', status: 200 },
  3062: { message: 'Invalid ReportAttribute Value', status: 200 },
} as const
export type ExceptionCode = keyof typeof exceptions

/** An exception as it stands in a report's header, or alone as the answer. */
export interface CounterException {
  Code: number
  Message: string
  Data?: string
}

/** Describes an exception. */
export function exceptionOf(code: ExceptionCode, data?: string): CounterException {
  return { Code: code, Message: exceptions[code].message, ...(data !== undefined && { Data: data }) }
}

/** Thrown when a request is answered with one exception instead of a report. Never retried: the request is wrong. */
export class CounterRequestError extends Error {
  override readonly name = 'CounterRequestError'
  readonly retry = false
  readonly code: ExceptionCode
  readonly data: string | undefined

  constructor(code: ExceptionCode, data?: string) {
    super(exceptions[code].message)
    this.code = code
    this.data = data
  }

  get status(): number {
    return exceptions[this.code].status
  }

  get exception(): CounterException {
    return exceptionOf(this.code, this.data)
  }
}
