import { beforeAll, describe, expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan, valueOf } from '../../proofs/testing/planned.ts'
import { LoadBalancer } from './load-balancer.ts'
import { allowedCidrs, listenerPorts } from './ports.ts'

const domain = { name: 'example.org', hosts: { journal: 'journal.example.org' } }

async function planLoadBalancer(changes: Partial<typeof plainEnvironment>) {
  const environment = { ...plainEnvironment, ...changes }
  const { resources, made } = await plan(
    () =>
      new LoadBalancer('entrance', {
        environment,
        vpcId: 'vpc-1',
        subnetIds: ['subnet-1', 'subnet-2'],
        securityGroupIds: ['sg-1'],
        logs: 'ct-logs',
        zoneId: environment.domain && 'Z1',
      }),
  )
  const of = (type: string) => resources.filter((each) => each.type.endsWith(`:${type}`))
  const inputsOf = (type: string) => of(type).map(({ inputs }) => inputs)
  return { resources, of, inputsOf, addresses: await valueOf(made.addresses) }
}

type PlannedLoadBalancer = Awaited<ReturnType<typeof planLoadBalancer>>

describe('with a domain', () => {
  let planned: PlannedLoadBalancer
  beforeAll(async () => {
    planned = await planLoadBalancer({ domain })
  })

  test('there is one load balancer, open to the world where its security group lets it, and all belongs to the component', () => {
    const { inputsOf, resources } = planned
    expect(inputsOf('LoadBalancer')).toMatchObject([
      {
        name: 'ct-continuum',
        loadBalancerType: 'application',
        subnets: ['subnet-1', 'subnet-2'],
        securityGroups: ['sg-1'],
        dropInvalidHeaderFields: true,
        enableDeletionProtection: false,
        accessLogs: { enabled: true, bucket: 'ct-logs', prefix: 'load-balancer' },
      },
    ])
    const [component, ...children] = resources
    expect(component).toMatchObject({ type: 'continuum:entrance:Entrance', name: 'entrance' })
    expect(children.every(({ name, parent }) => name.startsWith('entrance-') || parent === 'entrance')).toBe(true)
  })

  test('each service has a host, its own where the environment says so, over TLS', () => {
    expect(planned.addresses).toEqual({
      dashboard: 'https://continuum-test--dashboard.example.org',
      journal: 'https://journal.example.org',
      lax: 'https://continuum-test--lax.example.org',
      api: 'https://continuum-test--api.example.org',
    })
  })

  test('who comes without TLS is sent to it, and who asks for an unknown host finds nothing', () => {
    expect(planned.inputsOf('Listener')).toMatchObject([
      {
        port: 80,
        defaultActions: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
      },
      {
        port: 443,
        protocol: 'HTTPS',
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        certificateArn: expect.stringContaining(':certificate/entrance-certificate'),
        defaultActions: [{ type: 'fixed-response', fixedResponse: { statusCode: '404' } }],
      },
    ])
  })

  test('a host leads to its service alone', () => {
    const rules = planned
      .inputsOf('ListenerRule')
      .map(({ conditions, actions, priority }) => JSON.stringify([conditions, actions, priority]))
    for (const [host, process] of [
      ['continuum-test--dashboard.example.org', 'dashboard-web'],
      ['journal.example.org', 'journal'],
      ['continuum-test--lax.example.org', 'lax'],
      ['continuum-test--api.example.org', 'api'],
    ]) {
      const ours = rules.filter((way) => way.includes(`["${host}"]`))
      expect(ours).toHaveLength(1)
      expect(ours[0]).toContain(`entrance-${process}"`)
    }
  })

  test('its hosts have one certificate, proved by records in the hosted zone, and addresses there', () => {
    const [certificate] = planned.inputsOf('Certificate').filter(({ domainName }) => domainName)
    const hosts = [
      'continuum-test--dashboard.example.org',
      'journal.example.org',
      'continuum-test--lax.example.org',
      'continuum-test--api.example.org',
    ]
    expect([certificate?.['domainName'], ...[certificate?.['subjectAlternativeNames']].flat()]).toEqual(hosts)
    const records = planned.inputsOf('Record')
    expect(records.every(({ zoneId }) => zoneId === 'Z1')).toBe(true)
    const named = (type: string) => records.filter((each) => each['type'] === type).map(({ name }) => name)
    expect(new Set(named('CNAME'))).toEqual(new Set(hosts.map((host) => `_proof.${host}.`)))
    expect(new Set(named('A'))).toEqual(new Set(hosts))
    expect(planned.inputsOf('CertificateValidation')).toHaveLength(1)
  })

  test('a task gets requests while it answers /ping, and half a minute to end those under way', () => {
    const groups = planned.inputsOf('TargetGroup')
    expect(groups.map(({ port }) => port)).toEqual([4600, 4601, 4602, 4604])
    for (const group of groups) {
      expect(group).toMatchObject({
        targetType: 'ip',
        protocol: 'HTTP',
        vpcId: 'vpc-1',
        deregistrationDelay: 30,
        healthCheck: { path: '/ping', matcher: '200' },
      })
    }
  })
})

test('behind CloudFront the journal has a listener of its own, which answers only who has the secret, and no record', async () => {
  const cdn = { priceClass: 'PriceClass_100', journal: true } as const
  const { of, inputsOf } = await planLoadBalancer({ domain, cdn })
  const [listener] = inputsOf('Listener').filter(({ port }) => port === 8443)
  expect(listener).toMatchObject({ protocol: 'HTTPS', defaultActions: [{ type: 'fixed-response' }] })
  const ruleOf = (name: string) => of('ListenerRule').find((each) => each.name === name)?.inputs
  const host = { hostHeader: { values: ['journal.example.org'] } }
  expect(ruleOf('entrance-journal')).toMatchObject({
    listenerArn: expect.stringContaining('entrance-cdn'),
    conditions: [host, { httpHeader: { httpHeaderName: 'x-continuum-cdn' } }],
  })
  const others = ['entrance-dashboard-web', 'entrance-lax', 'entrance-api'].map(ruleOf)
  expect(others.every((rule) => String(rule?.['listenerArn']).includes('entrance-https'))).toBe(true)
  expect(inputsOf('Record').filter(({ type, name }) => type === 'A' && name === 'journal.example.org')).toEqual([])
})

test('in a protected environment the load balancer cannot be deleted', async () => {
  const { inputsOf } = await planLoadBalancer({ domain, protected: true })
  expect(inputsOf('LoadBalancer')[0]).toMatchObject({ enableDeletionProtection: true })
})

test('without a domain each service has the port that it has on one machine', async () => {
  const { addresses, inputsOf, of } = await planLoadBalancer({ reachableFrom: ['203.0.113.7/32'] })
  expect(addresses).toEqual({
    dashboard: 'http://ct-continuum.elb.test:4600',
    journal: 'http://ct-continuum.elb.test:4601',
    lax: 'http://ct-continuum.elb.test:4602',
    api: 'http://ct-continuum.elb.test:4604',
  })
  expect(inputsOf('Listener').map(({ port, protocol }) => [port, protocol])).toEqual([
    [4600, 'HTTP'],
    [4601, 'HTTP'],
    [4602, 'HTTP'],
    [4604, 'HTTP'],
  ])
  for (const type of ['Certificate', 'Record', 'ListenerRule']) expect(of(type)).toEqual([])
})

test('a name longer than AWS takes is cut, and never ends with a hyphen', async () => {
  const { inputsOf } = await planLoadBalancer({ domain, prefix: 'a-very-long-prefix-of-21-continuum-'.slice(0, 32) })
  expect(inputsOf('LoadBalancer')[0]?.['name']).toBe('a-very-long-prefix-of-21-continu')
})

describe('whom the load balancer lets in', () => {
  const of = (changes: Partial<typeof plainEnvironment>) => allowedCidrs({ ...plainEnvironment, ...changes })

  test('is everybody where there is TLS, and otherwise only those whom the environment names', () => {
    expect(of({ domain })).toEqual(['0.0.0.0/0'])
    expect(of({ domain, reachableFrom: ['203.0.113.0/24'] })).toEqual(['203.0.113.0/24'])
    expect(of({ reachableFrom: ['203.0.113.7/32'] })).toEqual(['203.0.113.7/32'])
    expect(() => of({})).toThrow(
      "list in continuum-test.ts the addresses that may reach them, such as reachableFrom: ['203",
    )
  })

  test('is let in at the ports that it listens on', () => {
    expect(listenerPorts({ domain })).toEqual([80, 443])
    expect(listenerPorts({})).toEqual([4600, 4601, 4602, 4604])
  })
})
