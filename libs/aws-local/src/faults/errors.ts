import type { AwsError, ServiceName } from '../shared/aws-error.ts'

/** The throttling error of a service. SDKs retry it. */
export function throttling(service: ServiceName): AwsError {
  const type = 'com.amazon.coral.availability#ThrottlingException'
  return service === 's3'
    ? { status: 503, code: 'SlowDown', type, message: 'Please reduce your request rate.' }
    : { status: 400, code: 'ThrottlingException', type, message: 'Rate exceeded' }
}

/** The internal error of a service. SDKs retry it. */
export function failure(service: ServiceName): AwsError {
  const type = 'com.amazon.coral.service#InternalFailure'
  return service === 's3'
    ? { status: 500, code: 'InternalError', type, message: 'We encountered an internal error. Please try again.' }
    : { status: 500, code: 'InternalFailure', type, message: 'Internal failure' }
}
