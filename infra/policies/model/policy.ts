/** A resource as a policy sees it: from a plan, or from Pulumi itself. */
export interface Checked {
  type: string
  name: string
  urn: string
  /** Its inputs; from Pulumi, once it exists, also its outputs. */
  props: Readonly<Record<string, unknown>>
  /** Its id in AWS; undefined until it exists. */
  id?: string | undefined
  /** The inputs of its provider. */
  provider?: Readonly<Record<string, unknown>> | undefined
}

/** Stands for a value that is known only once another resource exists. */
export const notYetKnown = '[not yet known]'

/** A resource that breaks a policy, and how to fix it. */
export interface Violation {
  urn: string
  name: string
  message: string
}

/** A rule that every environment keeps. */
export interface Policy {
  /** In lower case, with hyphens. */
  name: string
  /** The requirement, in one sentence. */
  description: string
  /** Checks one resource by itself, before it is created. */
  alone?: (resource: Checked) => string[]
  /** Checks all resources together. */
  together?: (resources: readonly Checked[]) => { of: Checked; message: string }[]
}

/** All violations of the policies among an environment's resources. */
export function violationsOf(
  policies: readonly Policy[],
  resources: readonly Checked[],
): (Violation & { policy: string })[] {
  return policies.flatMap((policy) => {
    const alone = resources.flatMap((of) => (policy.alone?.(of) ?? []).map((message) => ({ of, message })))
    return [...alone, ...(policy.together?.(resources) ?? [])].map(({ of, message }) => ({
      policy: policy.name,
      urn: of.urn,
      name: of.name,
      message,
    }))
  })
}

/** True if the resource is of one of the types, such as `s3/bucket:Bucket`. */
export const isA = (resource: Checked, ...types: string[]): boolean =>
  types.some((type) => resource.type === `aws:${type}`)

/** Parses a JSON document; empty for anything that is not JSON, which AWS itself refuses. */
export function parsed(document: unknown): Readonly<Record<string, unknown>> {
  if (typeof document !== 'string') return Object(document)
  try {
    return Object(JSON.parse(document))
  } catch {
    return {}
  }
}

/** The value if it is text, or else empty. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
