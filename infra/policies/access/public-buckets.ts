import { namesOf } from '@continuum/aws-resources'
import { isA, notYetKnown, textOf, type Checked, type Policy } from '../model/policy.ts'
import { statementsOf } from '../model/statements.ts'

/** The end of the name of the bucket from which readers load published files. */
const cdnSuffix = namesOf({ prefix: '', organisation: '' }).buckets.cdn

/** Only the CDN bucket may be public, and only without CloudFront in front of it. */
export const publicBuckets: Policy = {
  name: 'no-public-bucket',
  description: 'No bucket is open to everybody, except the CDN bucket of an environment without CloudFront.',
  alone(resource) {
    // A bucket whose name is not known yet cannot be identified.
    if (isCdn(resource) || nameOf(resource) === notYetKnown) return []
    if (isA(resource, 's3/bucketPublicAccessBlock:BucketPublicAccessBlock')) return gapsIn(resource)
    const isPublic = 'is open to everybody but holds unpublished files: remove the statement for Principal *.'
    if (isA(resource, 's3/bucketPolicy:BucketPolicy')) return admitsEverybody(resource) ? [isPublic] : []
    const acl = textOf(resource.props['acl'])
    return resource.type.startsWith('aws:s3/bucket') && acl.includes('public')
      ? [`has the access list ${acl}; use private`]
      : []
  },
  together(resources) {
    const blocked = new Set(
      resources
        .filter((each) => isA(each, 's3/bucketPublicAccessBlock:BucketPublicAccessBlock'))
        .map(({ props }) => props['bucket']),
    )
    const unblocked = resources
      .filter((each) => isA(each, 's3/bucket:Bucket') && !blocked.has(nameOf(each)) && !blocked.has(notYetKnown))
      .map((of) => ({ of, message: 'has no BucketPublicAccessBlock: give it one' }))
    const behind = resources.some((each) => isA(each, 'cloudfront/distribution:Distribution'))
    const open = resources
      .filter((each) => behind && isCdn(each) && (admitsEverybody(each) || gapsIn(each).length > 0))
      .map((of) => ({ of, message: 'is open to everybody although CloudFront serves its files: close it' }))
    return [...unblocked, ...open]
  },
}

const nameOf = ({ props }: Checked) => props['bucket']
const isCdn = (resource: Checked) =>
  resource.type.startsWith('aws:s3/bucket') && textOf(nameOf(resource)).endsWith(cdnSuffix)

function gapsIn(resource: Checked): string[] {
  if (!isA(resource, 's3/bucketPublicAccessBlock:BucketPublicAccessBlock')) return []
  const settings = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets']
  const off = settings.filter((setting) => {
    const value = resource.props[setting]
    return value !== true && value !== notYetKnown
  })
  return off.length > 0 ? [`does not block public access (${off.join(', ')} not true): set all four to true`] : []
}

const admitsEverybody = (resource: Checked) =>
  isA(resource, 's3/bucketPolicy:BucketPolicy') &&
  statementsOf(resource).some(
    ({ effect, principals, conditional }) => effect === 'Allow' && principals.includes('*') && !conditional,
  )
