import { notYetKnown, type Checked } from './policy.ts'

/** A resource as Pulumi gives it to a policy. */
interface Handed {
  type: string
  name: string
  urn: string
  props: Record<string, unknown>
  provider?: { props: Record<string, unknown> } | undefined
}

/**
 * Converts a resource of Pulumi's for our policies. In a preview Pulumi throws when a value is read that is known only later; here that
 * value is `notYetKnown`, so that the policy can still check all the others.
 */
export function fromPulumi({ type, name, urn, props, provider }: Handed): Checked {
  const known = plain(props)
  return {
    type,
    name,
    urn,
    props: known,
    id: typeof known['id'] === 'string' ? known['id'] : undefined,
    ...(provider && { provider: plain(provider.props) }),
  }
}

function plain(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(object).map((key) => [key, read(object, key)]))
}

function read(object: object, key: string): unknown {
  try {
    const value: unknown = Reflect.get(object, key)
    if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(value, String(index)))
    return typeof value === 'object' && value !== null ? plain(value) : value
  } catch {
    return notYetKnown
  }
}
