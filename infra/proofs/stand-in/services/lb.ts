import { isObject, textOf, type Value } from '../../wire/values.ts'
import { arn } from '../rules/documents.ts'
import { between, each, matches, oneOf, type Kinds } from '../rules/kind.ts'

const name = matches(
  'name',
  /^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/,
  '1 to 32 of letters, digits and hyphens, no hyphen at its ends',
)

const isLogPrefix = (prefix: string) => !/^\/|\/$|AWSLogs/.test(prefix)

/** The values of all conditions of a rule. */
const valuesIn = (conditions: Value): string[] =>
  [conditions]
    .flat()
    .filter(isObject)
    .flatMap((condition) =>
      Object.values(condition)
        .filter(isObject)
        .flatMap(({ values = [] }) => [values].flat().map(textOf)),
    )

export const lb = {
  'aws:lb/loadBalancer:LoadBalancer': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'internal', 'loadBalancerType'],
    rules: [
      name,
      oneOf('loadBalancerType', 'application', 'network', 'gateway'),
      between('idleTimeout', 1, 4000),
      each('subnets', (member) => /^subnet-[0-9a-f]+$/.test(textOf(member)), 'ids of subnets'),
      {
        property: 'subnets',
        holds: (value, { loadBalancerType }) =>
          loadBalancerType === 'network' || (Array.isArray(value) && new Set(value).size >= 2),
        says: 'two subnets or more, in two zones',
      },
      {
        property: 'accessLogs',
        holds: (value) => isObject(value) && textOf(value['bucket']) !== '' && isLogPrefix(textOf(value['prefix'])),
        says: 'a bucket, and a prefix without AWSLogs and without a slash at its ends',
      },
    ],
    made: ({ text, arn: of, digits, context }) => {
      const suffix = `app/${text('name')}/${digits.slice(0, 16)}`
      const id = of('elasticloadbalancing', `loadbalancer/${suffix}`)
      return {
        id,
        arn: id,
        arnSuffix: suffix,
        dnsName: `${text('name')}-${Number.parseInt(digits.slice(0, 7), 16)}.${context.region}.elb.amazonaws.com`,
        zoneId: 'Z35SXDOTRQ7X7K',
      }
    },
  },
  'aws:lb/targetGroup:TargetGroup': {
    named: 'name',
    replaces: ['name', 'namePrefix', 'port', 'protocol', 'targetType', 'vpcId', 'protocolVersion'],
    rules: [
      name,
      between('port', 1, 65_535),
      oneOf('targetType', 'ip', 'instance', 'lambda', 'alb'),
      oneOf('protocol', 'HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE'),
      between('deregistrationDelay', 0, 3600),
      {
        property: 'healthCheck',
        holds: (value) => isObject(value) && Number(value['timeout'] ?? 5) < Number(value['interval'] ?? 30),
        says: 'a timeout shorter than its interval',
      },
    ],
    made: ({ text, arn: of, digits }) => {
      const suffix = `targetgroup/${text('name')}/${digits.slice(0, 16)}`
      return { id: of('elasticloadbalancing', suffix), arn: of('elasticloadbalancing', suffix), arnSuffix: suffix }
    },
  },
  'aws:lb/listener:Listener': {
    replaces: ['loadBalancerArn'],
    rules: [
      arn('loadBalancerArn'),
      between('port', 1, 65_535),
      arn('certificateArn'),
      {
        property: 'protocol',
        holds: (value, { certificateArn }) =>
          ['HTTP', 'TCP', 'UDP'].includes(textOf(value)) || certificateArn !== undefined,
        says: 'HTTP, or HTTPS with a certificateArn',
      },
    ],
    made: ({ text, arn: of, digits }) => {
      const id = of(
        'elasticloadbalancing',
        `listener/${text('loadBalancerArn').split(':loadbalancer/').at(-1)}/${digits.slice(0, 16)}`,
      )
      return { id, arn: id }
    },
  },
  'aws:lb/listenerCertificate:ListenerCertificate': {
    replaces: ['listenerArn', 'certificateArn'],
    rules: [arn('listenerArn'), arn('certificateArn')],
    made: ({ text }) => ({ id: `${text('listenerArn')}_${text('certificateArn')}` }),
  },
  'aws:lb/listenerRule:ListenerRule': {
    replaces: ['listenerArn'],
    rules: [
      arn('listenerArn'),
      between('priority', 1, 50_000),
      each('conditions', isObject, 'conditions'),
      {
        property: 'conditions',
        holds: (value) => valuesIn(value).length <= 5 && valuesIn(value).every(({ length }) => length <= 128),
        says: 'at most five values in all, of at most 128 characters',
      },
      each('actions', isObject, 'actions'),
    ],
    made: ({ text, digits }) => {
      const id = `${text('listenerArn').replace(':listener/', ':listener-rule/')}/${digits.slice(0, 16)}`
      return { id, arn: id }
    },
  },
} satisfies Kinds
