import { PolicyPack, type Policies } from '@pulumi/policy'
import { fromPulumi } from './model/from-pulumi.ts'
import { policies } from './policies.ts'
import type { Policy } from './model/policy.ts'

/** Converts a policy of ours to Pulumi's: a violation stops `pulumi up` and `pulumi preview`. */
function asPolicies({ name, description, alone, together }: Policy): Policies {
  const common = { description, enforcementLevel: 'mandatory' } as const
  return [
    ...(alone
      ? [
          {
            ...common,
            name,
            validateResource: (resource, report) => alone(fromPulumi(resource)).forEach((message) => report(message)),
          } satisfies Policies[number],
        ]
      : []),
    ...(together
      ? [
          {
            ...common,
            name: alone ? `${name}-together` : name,
            validateStack: ({ resources }, report) => {
              for (const { of, message } of together(resources.map(fromPulumi))) report(message, of.urn)
            },
          } satisfies Policies[number],
        ]
      : []),
  ]
}

new PolicyPack('continuum', { policies: policies.flatMap(asPolicies) })
