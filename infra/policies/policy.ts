/** A resource as a policy sees it: from a plan, or from Pulumi itself. */
export interface Checked {
  type: string
  name: string
  urn: string
  /** What the program gives it; from Pulumi, after it is made, also what AWS says of it. */
  props: Readonly<Record<string, unknown>>
  /** What AWS calls it; undefined until it is made. */
  id?: string | undefined
  /** What the provider is given by which it is made. */
  provider?: Readonly<Record<string, unknown>> | undefined
}

/** In place of a value that is known only once another resource is made. */
export const notYetKnown = '[not yet known]'

/** What is wrong with which resource, and what to do. */
export interface Violation {
  urn: string
  name: string
  message: string
}

/** A rule that every environment keeps. */
export interface Policy {
  /** In lower case, with hyphens. */
  name: string
  /** What it demands, in one sentence. */
  description: string
  /** What is wrong with one resource, seen alone; checked before it is made. */
  alone?: (resource: Checked) => string[]
  /** What is wrong with resources, seen together. */
  together?: (resources: readonly Checked[]) => { of: Checked; message: string }[]
}

/** All that is wrong with an environment's resources. */
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

/** Whether it is of this type, such as `s3/bucket:Bucket`. */
export const isA = (resource: Checked, ...types: string[]): boolean =>
  types.some((type) => resource.type === `aws:${type}`)

/** What a JSON document says; nothing of one that is none: AWS itself refuses that. */
export function parsed(document: unknown): Readonly<Record<string, unknown>> {
  if (typeof document !== 'string') return Object(document)
  try {
    return Object(JSON.parse(document))
  } catch {
    return {}
  }
}

/** A text, or nothing where it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
