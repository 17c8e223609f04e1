import { isObject, type Properties } from '../../wire/values.ts'
import { matches, type Kinds } from '../rules/kind.ts'

export const discovery = {
  'aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace': {
    named: 'name',
    replaces: ['name', 'vpc'],
    rules: [
      matches('name', /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a domain name'),
      matches('vpc', /^vpc-[0-9a-f]+$/, "a VPC's id: vpc-..."),
    ],
    made: ({ arn: of, digits }) => {
      const id = `ns-${digits.slice(0, 16)}`
      return { id, arn: of('servicediscovery', `namespace/${id}`), hostedZone: `Z${digits.slice(16, 30)}` }
    },
  },
  'aws:servicediscovery/service:Service': {
    named: 'name',
    replaces: ['name', 'namespaceId', 'type', 'healthCheckCustomConfig'],
    rules: [
      matches('name', /^[A-Za-z0-9_-]{1,127}$/, '1 to 127 of letters, digits, hyphens and underscores'),
      {
        property: 'healthCheckCustomConfig',
        holds: (value, { healthCheckConfig }) =>
          isObject(value) && [undefined, 1].includes(numberIn(value)) && healthCheckConfig === undefined,
        says: 'a failureThreshold of 1, and no healthCheckConfig beside it',
      },
    ],
    made: ({ arn: of, digits }) => {
      const id = `srv-${digits.slice(0, 16)}`
      return { id, arn: of('servicediscovery', `service/${id}`) }
    },
  },
} satisfies Kinds

const numberIn = ({ failureThreshold }: Properties) =>
  failureThreshold === undefined ? undefined : Number(failureThreshold)
