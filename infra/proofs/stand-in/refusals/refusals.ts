import { copyWithoutVersions, crowdedSecurityGroup, otherVersionsParameters, overlappingSubnet } from './conflicts.ts'
import type { Existing, Wanted } from './existing.ts'
import { distantFirewallLog, foreignFirewall, misplacedFirewall } from './firewall.ts'
import { logsWithoutAccessList, undeliveredBalancerLogs, undeliveredFlowLogs } from './logs.ts'
import { cutOffService, unreachableBalancer } from './ways.ts'

const refusals = [
  misplacedFirewall,
  distantFirewallLog,
  foreignFirewall,
  undeliveredBalancerLogs,
  undeliveredFlowLogs,
  logsWithoutAccessList,
  unreachableBalancer,
  cutOffService,
  overlappingSubnet,
  otherVersionsParameters,
  crowdedSecurityGroup,
  copyWithoutVersions,
]
const concerned =
  /^aws:(lb\/loadBalancer:LoadBalancer|ecs\/service:Service|ec2\/(subnet:Subnet|flowLog:FlowLog)|cloudfront\/distribution:Distribution|wafv2\/\w+:\w+|vpc\/securityGroup(In|E)gressRule:\w+|rds\/(instance|cluster):\w+|s3\/bucketReplicationConfig:BucketReplicationConfig)$/

/** True for a type that AWS may refuse because of what else exists. */
export const mayBeRefused = (type: string): boolean => concerned.test(type)

/**
 * Tells whether AWS refuses a resource because of what exists, or does not exist yet, when it is made.
 *
 * @returns its error; undefined if it accepts the resource
 */
export function refusalOf(wanted: Wanted, existing: readonly Existing[]): string | undefined {
  if (!mayBeRefused(wanted.type)) return undefined
  for (const refusal of refusals) {
    const said = refusal(wanted, existing)
    if (said !== undefined) return said
  }
  return undefined
}
