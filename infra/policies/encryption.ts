import { isA, notYetKnown, type Checked, type Policy } from './model/policy.ts'

/** The inputs that turn encryption on, by type. */
const encrypted: { type: string; by: string[]; say: string }[] = [
  { type: 'sqs/queue:Queue', by: ['sqsManagedSseEnabled', 'kmsMasterKeyId'], say: 'set sqsManagedSseEnabled' },
  { type: 'sns/topic:Topic', by: ['kmsMasterKeyId'], say: 'give it a key: kmsMasterKeyId' },
  { type: 'rds/instance:Instance', by: ['storageEncrypted'], say: 'set storageEncrypted' },
  { type: 'rds/cluster:Cluster', by: ['storageEncrypted'], say: 'set storageEncrypted' },
  { type: 'ebs/volume:Volume', by: ['encrypted'], say: 'set encrypted' },
  { type: 'efs/fileSystem:FileSystem', by: ['encrypted'], say: 'set encrypted' },
]

/** Data is encrypted at rest. AWS always encrypts logs, secrets and images; S3 too, but a bucket must say so explicitly. */
export const encryption: Policy = {
  name: 'encryption',
  description:
    'Buckets, queues, topics, databases and disks are encrypted, and the load balancer serves over TLS where it can.',
  alone(resource) {
    const rule = encrypted.find(({ type }) => isA(resource, type))
    if (rule && !rule.by.some((name) => isSet(resource.props[name]))) return [`is not encrypted: ${rule.say}`]
    return isA(resource, 'lb/listener:Listener') ? plainText(resource) : []
  },
  together(resources) {
    const said = new Set(
      resources
        .filter((each) =>
          isA(each, 's3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration'),
        )
        .map(({ props }) => props['bucket']),
    )
    return resources
      .filter((each) => isA(each, 's3/bucket:Bucket') && !said.has(each.props['bucket']) && !said.has(notYetKnown))
      .map((of) => ({
        of,
        message: 'does not say how it is encrypted: give it a BucketServerSideEncryptionConfiguration',
      }))
  },
}

const isSet = (value: unknown) => value !== undefined && value !== false && value !== ''

/** Port 80 may only redirect to TLS. */
function plainText({ props }: Checked): string[] {
  if (props['protocol'] !== 'HTTP' || props['port'] !== 80) return []
  const actions: unknown = props['defaultActions']
  const redirects = Array.isArray(actions) && actions.every((action) => Object(action).type === 'redirect')
  return redirects ? [] : ['serves without TLS on port 80: let it redirect to 443']
}
