import { output } from '@pulumi/pulumi'
import { expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan } from '../../proofs/testing/planned.ts'
import { Network } from './network.ts'

const domain = { name: 'example.org' }
const reached = {
  region: 'us-east-1',
  account: '123456789012',
  buckets: ['arn:aws:s3:::b'],
  queues: ['arn:aws:sqs:us-east-1:123456789012:q'],
  domain: 'arn:aws:swf:us-east-1:123456789012:/domain/d',
  repository: 'arn:aws:ecr:us-east-1:123456789012:repository/r',
  logGroups: 'arn:aws:logs:us-east-1:123456789012:log-group:/continuum/x/*',
}

async function planNetwork(says: Partial<typeof plainEnvironment> = { domain }, exec = false) {
  const { resources } = await plan(
    () => new Network('network', { environment: { ...plainEnvironment, ...says }, exec, reached: output(reached) }),
  )
  const of = (type: string) => resources.filter((each) => each.type.endsWith(`:${type}`))
  const inputsOf = (type: string) => of(type).map(({ inputs }) => inputs)
  /** Rules as `group <- who at port`, and `->` outward. */
  const rules = () =>
    [...of('SecurityGroupIngressRule'), ...of('SecurityGroupEgressRule')].map(({ type, inputs }) => {
      const { securityGroupId, referencedSecurityGroupId, cidrIpv4, prefixListId, fromPort } = inputs
      expect(inputs).toMatchObject({ ipProtocol: 'tcp', toPort: fromPort })
      const [group, other] = [securityGroupId, referencedSecurityGroupId ?? cidrIpv4 ?? prefixListId].map((id) =>
        String(id).replace(/^network-(.*)-id$/, '$1'),
      )
      return `${group} ${type.includes('Ingress') ? '<-' : '->'} ${other} at ${String(fromPort)}`
    })
  return { resources, of, inputsOf, rules }
}

test('it is a VPC over two zones, with a public and a private subnet in each', async () => {
  const { of, inputsOf, resources } = await planNetwork()
  expect(inputsOf('Vpc')).toMatchObject([
    { cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: 'continuum-test' } },
  ])
  expect(of('Subnet').map(({ name, inputs }) => [name, inputs['cidrBlock'], inputs['availabilityZone']])).toEqual([
    ['network-public-1', '10.0.192.0/20', 'us-east-1a'],
    ['network-public-2', '10.0.208.0/20', 'us-east-1b'],
    ['network-private-1', '10.0.0.0/18', 'us-east-1a'],
    ['network-private-2', '10.0.64.0/18', 'us-east-1b'],
  ])
  expect(inputsOf('Subnet').some(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch)).toBe(false)
  expect(resources.slice(1).every(({ parent, name }) => parent === 'network' && name.startsWith('network-'))).toBe(true)
})

/** The routes of each subnet. */
const routesOf = ({ of }: Awaited<ReturnType<typeof planNetwork>>) => {
  const tables = new Map(of('RouteTable').map(({ name, inputs }) => [`${name}-id`, inputs['routes']]))
  return Object.fromEntries(
    of('RouteTableAssociation').map(({ inputs }) => [
      String(inputs['subnetId']).replace(/^network-(.*)-id$/, '$1'),
      tables.get(String(inputs['routeTableId'])),
    ]),
  )
}

test('only the public subnets have a way to the internet', async () => {
  const outward = [{ cidrBlock: '0.0.0.0/0', gatewayId: 'network-internet-id' }]
  const planned = await planNetwork()
  expect(routesOf(planned)).toEqual({ 'public-1': outward, 'public-2': outward, 'private-1': [], 'private-2': [] })
  expect(planned.of('NatGateway')).toEqual([])
})

test('an environment that asks for the internet gets one NAT gateway, a protected one has one in each zone', async () => {
  const through = (zone: number) => [{ cidrBlock: '0.0.0.0/0', natGatewayId: `network-nat-${zone}-id` }]
  const one = await planNetwork({ domain, internet: true })
  expect(routesOf(one)).toMatchObject({ 'private-1': through(1), 'private-2': through(1) })
  expect(one.inputsOf('NatGateway')).toMatchObject([{ subnetId: 'network-public-1-id' }])
  const both = await planNetwork({ domain, internet: true, protected: true })
  expect(routesOf(both)).toMatchObject({ 'private-1': through(1), 'private-2': through(2) })
  expect(both.inputsOf('NatGateway').map(({ subnetId }) => subnetId)).toEqual([
    'network-public-1-id',
    'network-public-2-id',
  ])
})

test('who may talk to whom is told whole: what is not here is refused', async () => {
  const { rules, inputsOf } = await planNetwork()
  expect(new Set(rules())).toEqual(
    new Set([
      'load-balancer <- 0.0.0.0/0 at 80',
      'load-balancer <- 0.0.0.0/0 at 443',
      ...[4600, 4601, 4602, 4604].flatMap((port) => [
        `load-balancer -> tasks at ${port}`,
        `tasks <- load-balancer at ${port}`,
      ]),
      // The deposits, the usage counter and all health ports are reached by other processes alone.
      ...[4600, 4601, 4602, 4604, 4605, 4606, 4680].flatMap((port) => [
        `tasks <- tasks at ${port}`,
        `tasks -> tasks at ${port}`,
      ]),
      'tasks -> endpoints at 443',
      'endpoints <- tasks at 443',
      'tasks -> pl-s3 at 443',
      'tasks -> 10.0.0.0/16 at 5432',
    ]),
  )
  for (const group of inputsOf('SecurityGroup')) expect(group).not.toHaveProperty('egress')
  expect(inputsOf('DefaultSecurityGroup')[0]).not.toHaveProperty('ingress')
})

test('connections are logged where the environment says so: all of them, in ten minutes', async () => {
  const { inputsOf } = await planNetwork()
  expect(inputsOf('FlowLog')).toEqual([])
  const { resources } = await plan(
    () =>
      new Network('network', {
        environment: { ...plainEnvironment, domain },
        exec: false,
        reached: output(reached),
        connectionLogs: output('arn:aws:s3:::ct-logs/network/'),
      }),
  )
  expect(resources.find(({ name }) => name === 'network-connections')?.inputs).toMatchObject({
    vpcId: 'network-vpc-id',
    trafficType: 'ALL',
    logDestinationType: 's3',
    logDestination: 'arn:aws:s3:::ct-logs/network/',
    maxAggregationInterval: 600,
  })
})

test('processes that need the internet reach the web, and nothing from there reaches them', async () => {
  const more = (await planNetwork({ domain, internet: true })).rules()
  const usual = (await planNetwork()).rules()
  expect(more.filter((rule) => !usual.includes(rule))).toEqual([
    'tasks -> 0.0.0.0/0 at 80',
    'tasks -> 0.0.0.0/0 at 443',
  ])
})

test('where the dashboard sends mail, processes reach the port of the mail server', async () => {
  const mail = { from: 'continuum@example.org', smtp: { host: 'smtp.example.org', port: 587 } }
  const usual = (await planNetwork({ domain, internet: true })).rules()
  const more = (await planNetwork({ domain, internet: true, mail })).rules()
  expect(more.filter((rule) => !usual.includes(rule))).toEqual(['tasks -> 0.0.0.0/0 at 587'])
})

test('CloudFront reaches the load balancer in a group of its own, at a port of its own, from its own addresses', async () => {
  const cdn = { priceClass: 'PriceClass_100', journal: true } as const
  const usual = await planNetwork()
  const more = await planNetwork({ domain, cdn })
  expect(more.rules().filter((rule) => !usual.rules().includes(rule))).toEqual(['cdn <- pl-cloudfront at 8443'])
  const files = await planNetwork({ domain, cdn: { ...cdn, journal: false } })
  expect(files.rules()).toEqual(usual.rules())
})

test('from outside only those addresses get in that the environment names', async () => {
  const { rules } = await planNetwork({ domain, reachableFrom: ['203.0.113.7/32', '198.51.100.0/24'] })
  expect(rules().filter((rule) => rule.startsWith('load-balancer <-'))).toEqual([
    'load-balancer <- 203.0.113.7/32 at 80',
    'load-balancer <- 198.51.100.0/24 at 80',
    'load-balancer <- 203.0.113.7/32 at 443',
    'load-balancer <- 198.51.100.0/24 at 443',
  ])
})

test('AWS is reached by endpoints: S3 from both route tables, the rest by private names', async () => {
  const { of } = await planNetwork({ domain, protected: true })
  const services = of('VpcEndpoint').map(({ inputs }) => [
    String(inputs['serviceName']).replace('com.amazonaws.us-east-1.', ''),
    inputs['vpcEndpointType'],
    inputs['subnetIds'] ?? inputs['routeTableIds'],
  ])
  const zones = ['network-private-1-id', 'network-private-2-id']
  expect(new Set(services)).toEqual(
    new Set([
      ['s3', 'Gateway', zones],
      ...['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'sqs', 'swf'].map((name) => [name, 'Interface', zones]),
    ]),
  )
})

test('an unprotected environment pays for endpoints in one zone, and for that of the shell only where there is one', async () => {
  const { inputsOf } = await planNetwork({ domain }, true)
  const shell = inputsOf('VpcEndpoint').find(({ serviceName }) => String(serviceName).endsWith('ssmmessages'))
  expect(shell).toMatchObject({
    serviceName: 'com.amazonaws.us-east-1.ssmmessages',
    privateDnsEnabled: true,
    subnetIds: ['network-private-1-id'],
    securityGroupIds: ['network-endpoints-id'],
  })
})

test("each endpoint lets through what is the environment's own, and the layers of images", async () => {
  const { of } = await planNetwork({ domain }, true)
  const policies = Object.fromEntries(
    of('VpcEndpoint').map(({ name, inputs }) => [
      name.replace('network-to-', ''),
      typeof inputs['policy'] === 'string' ? JSON.parse(inputs['policy']).Statement : undefined,
    ]),
  )
  const ofAccount = { StringEquals: { 'aws:PrincipalAccount': '123456789012' } }
  expect(policies).toMatchObject({
    s3: [
      { Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'], Condition: ofAccount },
      { Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*'] },
    ],
    sqs: [{ Resource: reached.queues, Condition: ofAccount }],
    swf: [{ Resource: [reached.domain], Condition: ofAccount }],
    logs: [{ Resource: [reached.logGroups], Condition: ofAccount }],
    'ecr.api': [{ Action: ['ecr:GetAuthorizationToken'] }, { Resource: [reached.repository], Condition: ofAccount }],
    // That of the secrets follows once the database has one.
    secretsmanager: undefined,
  })
})
