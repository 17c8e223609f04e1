/** The refusals of logs that AWS could not deliver. */
import { isObject, textOf, type Value } from '../../wire/values.ts'
import { parsed } from '../rules/documents.ts'
import { ofType, textsOf, type Existing, type Refusal } from './existing.ts'

/** A load balancer writes a test object into the bucket of its logs. */
export const undeliveredBalancerLogs: Refusal = ({ type, inputs }, existing) => {
  const logs = inputs['accessLogs']
  if (type !== 'aws:lb/loadBalancer:LoadBalancer' || !isObject(logs) || logs['enabled'] !== true) return undefined
  const bucket = textOf(logs['bucket'])
  const folder = [textOf(logs['prefix']), 'AWSLogs'].filter((part) => part !== '').join('/')
  return mayWrite('logdelivery.elasticloadbalancing.amazonaws.com', `arn:aws:s3:::${bucket}/${folder}/`, existing)
    ? undefined
    : `InvalidConfigurationRequest: Access Denied for bucket: ${bucket}. Please check S3bucket permission`
}

/** A flow log needs a bucket into which the delivery of logs may write. */
export const undeliveredFlowLogs: Refusal = ({ type, inputs }, existing) => {
  if (type !== 'aws:ec2/flowLog:FlowLog' || inputs['logDestinationType'] !== 's3') return undefined
  const destination = textOf(inputs['logDestination']).replace(/\/?$/, '/')
  return mayWrite('delivery.logs.amazonaws.com', `${destination}AWSLogs/`, existing)
    ? undefined
    : `Access Denied for LogDestination: ${destination}. Please check LogDestination permission`
}

/** CloudFront's standard logs have an owner of their own, who must be on the access list of the bucket. */
export const logsWithoutAccessList: Refusal = ({ type, inputs }, existing) => {
  const logs = inputs['loggingConfig']
  if (type !== 'aws:cloudfront/distribution:Distribution' || !isObject(logs)) return undefined
  const [bucket = ''] = textOf(logs['bucket']).split('.s3.')
  const allowed = ofType(existing, 'BucketOwnershipControls').some(
    ({ inputs: { bucket: of, rule } }) =>
      of === bucket && isObject(rule) && textOf(rule['objectOwnership']) !== 'BucketOwnerEnforced',
  )
  return allowed
    ? undefined
    : `InvalidArgument: The S3 bucket that you specified for CloudFront logs does not enable ACL access: ${bucket}`
}

/** True if the policy of a bucket lets a service put objects below an ARN. */
function mayWrite(service: string, below: string, existing: readonly Existing[]): boolean {
  return ofType(existing, 'BucketPolicy').some(({ inputs }) => {
    const policy = parsed(inputs['policy'] ?? null)
    return (isObject(policy) ? [policy['Statement'] ?? []].flat() : []).some((statement) =>
      admits(statement, service, below),
    )
  })
}

function admits(statement: Value, service: string, below: string): boolean {
  if (!isObject(statement) || statement['Effect'] !== 'Allow') return false
  const principal = statement['Principal']
  const services = isObject(principal) ? textsOf(principal['Service']) : []
  return (
    services.includes(service) &&
    textsOf(statement['Action']).includes('s3:PutObject') &&
    textsOf(statement['Resource']).some((resource) => resource.endsWith('*') && resource.startsWith(below))
  )
}
