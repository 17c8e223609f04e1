import { isA, notYetKnown, textOf, type Checked, type Policy } from './model/policy.ts'

/** A copy is of use only if no deletion of the original empties it, and S3 makes one only between buckets with versions. */
export const replication: Policy = {
  name: 'replicated-with-versions',
  description:
    'A bucket that is copied has versions, so has its copy, and deleting objects does not delete their copies.',
  alone(resource) {
    if (!isA(resource, configuration)) return []
    const spread = rulesOf(resource).filter(
      (rule) => isWhole(rule) && Object(Object(rule)['deleteMarkerReplication'])['status'] !== 'Disabled',
    )
    return spread.length > 0
      ? ['deletes copies of whatever is deleted: set deleteMarkerReplication of the rule for all objects to Disabled']
      : []
  },
  together(resources) {
    const versioned = new Set(
      resources
        .filter((each) => isA(each, 's3/bucketVersioning:BucketVersioning') && isEnabled(each))
        .map(({ props }) => props['bucket']),
    )
    const buckets = new Set(
      resources.filter((each) => isA(each, 's3/bucket:Bucket')).map(({ props }) => props['bucket']),
    )
    return resources
      .filter((each) => isA(each, configuration))
      .flatMap((of) => {
        const copies = rulesOf(of).map((rule) => nameIn(textOf(Object(Object(rule)['destination'])['bucket'])))
        // A copy in another account is not among these resources.
        const involved = [of.props['bucket'], ...copies.filter((name) => buckets.has(name))]
        return [...new Set(involved)]
          .filter((name) => name !== notYetKnown && !versioned.has(name))
          .map((name) => ({ of, message: `is about ${textOf(name)}, which has no versions: enable them` }))
      })
  },
}

const configuration = 's3/bucketReplicationConfig:BucketReplicationConfig'

function rulesOf({ props }: Checked): unknown[] {
  const rules: unknown = props['rules']
  return Array.isArray(rules) ? rules : []
}

const isWhole = (rule: unknown) => (Object(Object(rule)['filter'])['prefix'] ?? '') === ''
const isEnabled = ({ props }: Checked) => Object(props['versioningConfiguration'])['status'] === 'Enabled'
const nameIn = (arn: string) => arn.split(':::').at(-1) ?? arn
