import { isObject, textOf } from '../../wire/values.ts'
import { network } from '../rules/networks.ts'
import { weightOf } from '../rules/prefix-lists.ts'
import { ofType, type Refusal } from './existing.ts'

/** Two subnets of a network share no address. */
export const overlappingSubnet: Refusal = ({ type, inputs }, existing) => {
  const asked = network(textOf(inputs['cidrBlock']))
  if (type !== 'aws:ec2/subnet:Subnet' || !asked) return undefined
  const overlaps = ofType(existing, 'Subnet').some(({ inputs: other }) => {
    const block = network(textOf(other['cidrBlock']))
    return other['vpcId'] === inputs['vpcId'] && block !== undefined && shareAddress(asked, block)
  })
  return overlaps
    ? `InvalidSubnet.Conflict: The CIDR '${textOf(inputs['cidrBlock'])}' conflicts with another subnet`
    : undefined
}

type Block = NonNullable<ReturnType<typeof network>>

function shareAddress(one: Block, other: Block): boolean {
  const size = 2 ** (32 - Math.min(one.prefix, other.prefix))
  return Math.floor(one.address / size) === Math.floor(other.address / size)
}

/** A database takes the parameters of its own major version alone. */
export const otherVersionsParameters: Refusal = ({ type, inputs }, existing) => {
  if (!/^aws:rds\/(instance|cluster):/.test(type)) return undefined
  const name = textOf(inputs['parameterGroupName'] ?? inputs['dbClusterParameterGroupName'])
  const group = existing.find((each) => /:(Cluster)?ParameterGroup$/.test(each.type) && each.id === name)
  const family = `${textOf(inputs['engine'])}${majorOf(textOf(inputs['engineVersion']))}`
  return group && textOf(group.inputs['family']) !== family
    ? `InvalidParameterCombination: The parameter group ${name} with DBParameterGroupFamily ${textOf(group.inputs['family'])} can't be used for this instance: it needs ${family}`
    : undefined
}

const majorOf = (version: string): string => version.split('.')[0] ?? ''

/** The rules that a security group may have in one direction; a list counts as many. */
const mostRules = 60

/** A security group has room for so many rules. */
export const crowdedSecurityGroup: Refusal = ({ type, inputs }, existing) => {
  const [, kind] = /^aws:vpc\/\w+:(SecurityGroup(?:Ingress|Egress)Rule)$/.exec(type) ?? []
  if (kind === undefined) return undefined
  const group = inputs['securityGroupId']
  const others = ofType(existing, kind).filter((each) => each.inputs['securityGroupId'] === group)
  const count = [{ inputs }, ...others].reduce((sum, each) => sum + weightOf(textOf(each.inputs['prefixListId'])), 0)
  return count > mostRules
    ? `RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached (${count} of ${mostRules} in ${textOf(group)})`
    : undefined
}

/** S3 copies only from a bucket with versions to another one with versions. */
export const copyWithoutVersions: Refusal = ({ type, inputs }, existing) => {
  if (type !== 'aws:s3/bucketReplicationConfig:BucketReplicationConfig') return undefined
  const versioned = new Set(
    ofType(existing, 'BucketVersioning').flatMap(({ inputs: { bucket, versioningConfiguration: setting } }) =>
      isObject(setting) && setting['status'] === 'Enabled' ? [textOf(bucket)] : [],
    ),
  )
  const isVersioned = (name: string) => versioned.has(name)
  if (!isVersioned(textOf(inputs['bucket'])))
    return "InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration"
  const rules = [inputs['rules'] ?? []].flat()
  const own = rules.flatMap((rule) =>
    isObject(rule) && isObject(rule['destination']) && rule['destination']['account'] === undefined
      ? [textOf(rule['destination']['bucket']).split(':::').at(-1) ?? '']
      : [],
  )
  return own.every(isVersioned) ? undefined : 'InvalidRequest: Destination bucket must have versioning enabled.'
}
