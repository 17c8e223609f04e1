/** The refusals of WAF because of the place where something is made. */
import { textOf } from '../../wire/values.ts'
import type { Refusal } from './existing.ts'

/** The one region in which what belongs to CloudFront is made. */
const cloudFrontRegion = 'us-east-1'

/** A web ACL of CloudFront is made where CloudFront is. */
export const misplacedFirewall: Refusal = ({ type, inputs, region }) =>
  type === 'aws:wafv2/webAcl:WebAcl' && inputs['scope'] === 'CLOUDFRONT' && region !== cloudFrontRegion
    ? `WAFInvalidParameterException: The scope is not valid, field: SCOPE_VALUE, parameter: CLOUDFRONT (in ${region})`
    : undefined

/** The log of a web ACL is in its region. */
export const distantFirewallLog: Refusal = ({ type, inputs }) => {
  if (type !== 'aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration') return undefined
  const [acl, log] = [inputs['resourceArn'], [inputs['logDestinationConfigs'] ?? []].flat()[0]].map((arn) =>
    textOf(arn),
  )
  const regionOf = (arn = '') => arn.split(':')[3]
  return log?.startsWith('arn:aws:logs:') && regionOf(log) !== regionOf(acl)
    ? `WAFInvalidParameterException: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION (${log})`
    : undefined
}

/** CloudFront takes web ACLs of its own scope. */
export const foreignFirewall: Refusal = ({ type, inputs }) => {
  const acl = textOf(inputs['webAclId'])
  return type === 'aws:cloudfront/distribution:Distribution' &&
    acl !== '' &&
    !/^arn:aws:wafv2:us-east-1:\d{12}:global\//.test(acl)
    ? `InvalidWebACLId: Web ACL is not accessible by the requester: ${acl}`
    : undefined
}
