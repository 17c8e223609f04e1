import { between, each, matches, oneOf, type Kind, type Kinds } from '../rules/kind.ts'
import { cidr, isCidr } from '../rules/networks.ts'
import { arn, policyDocument } from '../rules/documents.ts'
import { isObject, textOf } from '../../wire/values.ts'

const id = (property: string, kind: string) =>
  matches(property, new RegExp(`^${kind}-[0-9a-f]{8,17}$`), `an id: ${kind}-...`)
const ids = (property: string, kind: string) =>
  each(property, (member) => id(property, kind).holds(member, {}), `ids: ${kind}-...`)
const protocol = matches('ipProtocol', /^(tcp|udp|icmp|icmpv6|-1|\d{1,3})$/, 'tcp, udp, icmp, -1 for all, or a number')
/** The description of a security group, in which a few characters are forbidden. */
const description = matches(
  'description',
  /^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{0,255}$/,
  'at most 255 of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
)

/** A type with a prefixed id and an ARN. */
const thing = (
  prefix: string,
  word: string,
  kind: Omit<Kind, 'made'>,
  more: Kind['made'] = () => ({ id: '' }),
): Kind => ({
  ...kind,
  made: (making) => {
    const own = `${prefix}-${making.digits.slice(0, 17)}`
    return { ...more(making), id: own, arn: making.arn('ec2', `${word}/${own}`) }
  },
})

const rule = thing(
  'sgr',
  'security-group-rule',
  {
    replaces: ['securityGroupId'],
    rules: [
      id('securityGroupId', 'sg'),
      id('referencedSecurityGroupId', 'sg'),
      id('prefixListId', 'pl'),
      cidr('cidrIpv4'),
      protocol,
      description,
      between('fromPort', -1, 65_535),
      between('toPort', -1, 65_535),
    ],
  },
  ({ digits }) => ({ id: '', securityGroupRuleId: `sgr-${digits.slice(0, 17)}` }),
)

const portsAndSources = (value: unknown) =>
  isObject(value) && protocol.holds(value['protocol'] ?? null, {}) && [value['cidrBlocks'] ?? []].flat().every(isCidr)

export const ec2 = {
  'aws:ec2/vpc:Vpc': thing(
    'vpc',
    'vpc',
    { replaces: ['cidrBlock', 'instanceTenancy'], rules: [cidr('cidrBlock', 16, 28)] },
    ({ digits }) => ({
      id: '',
      defaultSecurityGroupId: `sg-${digits.slice(1, 18)}`,
      defaultRouteTableId: `rtb-${digits.slice(2, 19)}`,
      mainRouteTableId: `rtb-${digits.slice(2, 19)}`,
      defaultNetworkAclId: `acl-${digits.slice(3, 20)}`,
    }),
  ),
  'aws:ec2/subnet:Subnet': thing('subnet', 'subnet', {
    replaces: ['vpcId', 'cidrBlock', 'availabilityZone', 'availabilityZoneId'],
    rules: [
      id('vpcId', 'vpc'),
      cidr('cidrBlock', 16, 28),
      matches('availabilityZone', /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'a zone: us-east-1a'),
    ],
  }),
  'aws:ec2/internetGateway:InternetGateway': thing('igw', 'internet-gateway', {
    replaces: [],
    rules: [id('vpcId', 'vpc')],
  }),
  'aws:ec2/eip:Eip': thing(
    'eipalloc',
    'elastic-ip',
    { replaces: ['domain'], rules: [oneOf('domain', 'vpc')] },
    ({ digits }) => ({
      id: '',
      allocationId: `eipalloc-${digits.slice(0, 17)}`,
      publicIp: '203.0.113.10',
    }),
  ),
  'aws:ec2/natGateway:NatGateway': {
    replaces: ['subnetId', 'allocationId', 'connectivityType'],
    rules: [id('subnetId', 'subnet'), id('allocationId', 'eipalloc')],
    made: ({ digits }) => ({ id: `nat-${digits.slice(0, 17)}` }),
  },
  'aws:ec2/routeTable:RouteTable': thing('rtb', 'route-table', { replaces: ['vpcId'], rules: [id('vpcId', 'vpc')] }),
  'aws:ec2/route:Route': {
    replaces: ['routeTableId', 'destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId'],
    rules: [
      id('routeTableId', 'rtb'),
      cidr('destinationCidrBlock'),
      id('natGatewayId', 'nat'),
      id('gatewayId', '(igw|vgw)'),
    ],
    made: ({ text, digits }) => ({
      id: `r-${text('routeTableId')}${digits.slice(0, 10)}`,
      state: 'active',
      origin: 'CreateRoute',
    }),
  },
  'aws:ec2/routeTableAssociation:RouteTableAssociation': {
    replaces: ['subnetId', 'gatewayId'],
    rules: [id('subnetId', 'subnet'), id('routeTableId', 'rtb')],
    made: ({ digits }) => ({ id: `rtbassoc-${digits.slice(0, 17)}` }),
  },
  'aws:ec2/securityGroup:SecurityGroup': thing('sg', 'security-group', {
    named: 'name',
    replaces: ['name', 'namePrefix', 'description', 'vpcId'],
    rules: [
      id('vpcId', 'vpc'),
      matches(
        'name',
        /^(?!sg-)[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/,
        '1 to 255 characters, not beginning with sg-',
      ),
      description,
      each('ingress', portsAndSources, 'rules with a protocol, and CIDR blocks'),
      each('egress', portsAndSources, 'rules with a protocol, and CIDR blocks'),
    ],
  }),
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': thing('sg', 'security-group', {
    replaces: ['vpcId'],
    rules: [id('vpcId', 'vpc')],
  }),
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': rule,
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': rule,
  'aws:ec2/securityGroupRule:SecurityGroupRule': {
    replaces: [
      'securityGroupId',
      'type',
      'protocol',
      'fromPort',
      'toPort',
      'cidrBlocks',
      'sourceSecurityGroupId',
      'self',
      'prefixListIds',
    ],
    rules: [
      oneOf('type', 'ingress', 'egress'),
      id('securityGroupId', 'sg'),
      id('sourceSecurityGroupId', 'sg'),
      between('fromPort', -1, 65_535),
      between('toPort', -1, 65_535),
      each('cidrBlocks', isCidr, 'CIDR blocks'),
      description,
    ],
    made: ({ digits }) => ({ id: `sgrule-${digits.slice(0, 10)}`, securityGroupRuleId: `sgr-${digits.slice(0, 17)}` }),
  },
  'aws:ec2/flowLog:FlowLog': thing('fl', 'vpc-flow-log', {
    // A flow log is never changed.
    replaces: [
      'vpcId',
      'subnetId',
      'trafficType',
      'logDestinationType',
      'logDestination',
      'logFormat',
      'maxAggregationInterval',
    ],
    rules: [
      id('vpcId', 'vpc'),
      oneOf('trafficType', 'ACCEPT', 'REJECT', 'ALL'),
      oneOf('logDestinationType', 's3', 'cloud-watch-logs', 'kinesis-data-firehose'),
      oneOf('maxAggregationInterval', 60, 600),
      arn('logDestination'),
      {
        property: 'logDestination',
        holds: (value, { logDestinationType }) => logDestinationType !== 's3' || !/AWSLogs\/?$/.test(textOf(value)),
        says: 'a bucket or a folder of it that is not AWSLogs',
      },
    ],
  }),
  'aws:ec2/vpcEndpoint:VpcEndpoint': thing(
    'vpce',
    'vpc-endpoint',
    {
      replaces: ['vpcId', 'serviceName', 'vpcEndpointType', 'autoAccept'],
      rules: [
        id('vpcId', 'vpc'),
        matches(
          'serviceName',
          /^(com|aws)\.(amazonaws|api)\.[a-z0-9-]+\.[a-z0-9.-]+$/,
          'a service: com.amazonaws.us-east-1.sqs',
        ),
        oneOf('vpcEndpointType', 'Gateway', 'Interface', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork'),
        ids('subnetIds', 'subnet'),
        ids('securityGroupIds', 'sg'),
        ids('routeTableIds', 'rtb'),
        policyDocument('policy', 'resource'),
      ],
    },
    ({ digits }) => ({ id: '', prefixListId: `pl-${digits.slice(4, 12)}`, state: 'available' }),
  ),
  'aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy': {
    replaces: ['vpcEndpointId'],
    rules: [id('vpcEndpointId', 'vpce'), policyDocument('policy', 'resource')],
    made: ({ text }) => ({ id: text('vpcEndpointId') }),
  },
} satisfies Kinds
