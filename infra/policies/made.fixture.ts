import { textOf, type Checked } from './model/policy.ts'

/** The provider of an environment tags what it makes. */
export const provider = { defaultTags: { tags: { project: 'continuum', environment: 'test' } } }

/** A resource as a policy sees it. */
export function made(type: string, props: Record<string, unknown>, more: Partial<Checked> = {}): Checked {
  const name = more.name ?? (textOf(props['name'] ?? props['bucket']) || 'it')
  return {
    type: `aws:${type}`,
    name,
    urn: `urn:pulumi:test::continuum::aws:${type}::${name}`,
    props,
    provider,
    ...more,
  }
}
