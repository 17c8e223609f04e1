import type { AwsError, ServiceName } from '../shared/aws-error.ts'

/** How AWS says that it is asked too often. SDKs try again. */
export function throttling(service: ServiceName): AwsError {
  const type = 'com.amazon.coral.availability#ThrottlingException'
  return service === 's3'
    ? { status: 503, code: 'SlowDown', type, message: 'Please reduce your request rate.' }
    : { status: 400, code: 'ThrottlingException', type, message: 'Rate exceeded' }
}

/** How AWS says that the fault is its own. SDKs try again. */
export function failure(service: ServiceName): AwsError {
  const type = 'com.amazon.coral.service#InternalFailure'
  return service === 's3'
    ? { status: 500, code: 'InternalError', type, message: 'We encountered an internal error. Please try again.' }
    : { status: 500, code: 'InternalFailure', type, message: 'Internal failure' }
}
