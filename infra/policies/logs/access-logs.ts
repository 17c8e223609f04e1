import { isA, notYetKnown, textOf, type Checked, type Policy } from '../model/policy.ts'

/** Requests of readers and machines are known for a while: at the load balancer, at CloudFront and at the buckets. */
export const accessLogs: Policy = {
  name: 'access-logs',
  description: 'Load balancers, distributions and buckets log the requests that they answer.',
  alone({ type, props }) {
    if (type === 'aws:lb/loadBalancer:LoadBalancer')
      return Object(props['accessLogs']).enabled === true || props['accessLogs'] === notYetKnown
        ? []
        : ['logs no requests: set accessLogs, with enabled']
    if (type === 'aws:cloudfront/distribution:Distribution')
      return props['loggingConfig'] === undefined ? ['logs no requests: set loggingConfig'] : []
    return []
  },
  together(resources) {
    const logging = resources.filter((each) => isA(each, 's3/bucketLogging:BucketLogging'))
    const known = new Set(logging.flatMap(({ props }) => [props['bucket'], props['targetBucket']]))
    if (known.has(notYetKnown)) return []
    return resources
      .filter((each) => isA(each, 's3/bucket:Bucket') && !known.has(each.props['bucket']))
      .map((of) => ({ of, message: 'logs no requests: give it a BucketLogging, or let others log into it' }))
  },
}

/** The names of the buckets into which others log. */
export function logBucketsIn(resources: readonly Checked[]): Set<unknown> {
  const balancers = resources.filter((each) => isA(each, 'lb/loadBalancer:LoadBalancer'))
  const logging = resources.filter((each) => isA(each, 's3/bucketLogging:BucketLogging'))
  const distributions = resources.filter((each) => isA(each, 'cloudfront/distribution:Distribution'))
  const flows = resources.filter((each) => isA(each, 'ec2/flowLog:FlowLog'))
  return new Set([
    ...distributions.map(({ props }) => textOf(Object(props['loggingConfig']).bucket).split('.s3.')[0]),
    ...flows.map(({ props }) => textOf(props['logDestination']).split(':::')[1]?.split('/')[0]),
    ...balancers.map(({ props }): unknown => Object(props['accessLogs']).bucket),
    ...logging.map(({ props }) => props['targetBucket']),
  ])
}
