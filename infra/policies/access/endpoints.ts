import { isA, notYetKnown, textOf, type Checked, type Policy } from '../model/policy.ts'
import { statementsOf, type Statement } from '../model/statements.ts'

/** The actions of which IAM knows no resource. */
const withoutResource = /^(ecr:GetAuthorizationToken|ssmmessages:\w+)$/
/** The layers of images are in a bucket of ECR's, which it signs the addresses of itself. */
const layers = /^arn:aws:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/

/** Nothing leaves through an endpoint but to what is the environment's own. */
export const endpoints: Policy = {
  name: 'endpoint-policies',
  description:
    'Every VPC endpoint has a policy, which names the resources that are reached through it and the account of who calls.',
  alone(resource) {
    return isA(resource, 'ec2/vpcEndpoint:VpcEndpoint', 'ec2/vpcEndpointPolicy:VpcEndpointPolicy')
      ? statementsOf(resource).flatMap(gapsIn)
      : []
  },
  together(resources) {
    const separate = resources
      .filter((each) => isA(each, 'ec2/vpcEndpointPolicy:VpcEndpointPolicy'))
      .map(({ props }) => props['vpcEndpointId'])
    if (separate.includes(notYetKnown)) return []
    return resources
      .filter((each) => isA(each, 'ec2/vpcEndpoint:VpcEndpoint') && !hasPolicy(each) && !separate.includes(each.id))
      .map((of) => ({ of, message: 'lets everything through: give it a policy' }))
  },
}

const hasPolicy = ({ props }: Checked) => props['policy'] === notYetKnown || textOf(props['policy']) !== ''

function gapsIn({ effect, actions, resources, conditions }: Statement): string[] {
  if (effect !== 'Allow') return []
  const wide = resources.includes('*') && !actions.every((action) => withoutResource.test(action))
  const foreign =
    conditions['StringEquals aws:principalaccount'] === undefined && !resources.every((each) => layers.test(each))
  return [
    ...(wide ? [`lets ${actions.join(', ')} through to every resource: name those of the environment`] : []),
    ...(foreign ? ['lets the credentials of any account through: add the condition aws:PrincipalAccount'] : []),
  ]
}
