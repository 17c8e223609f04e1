import type { Plan } from '../../proofs/plan/resource.ts'
import type { Checked } from './policy.ts'

/** Converts the resources of a plan for our policies. */
export function fromPlan({ resources }: Plan): Checked[] {
  const providers = new Map(resources.map(({ urn, inputs }) => [urn, inputs]))
  return resources
    .filter(({ custom }) => custom)
    .map(({ type, name, urn, id, inputs, provider }) => ({
      type,
      name,
      urn,
      id,
      props: inputs,
      ...(provider !== undefined && { provider: providers.get(provider) }),
    }))
}
