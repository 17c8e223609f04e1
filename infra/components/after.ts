/** The order in which the engine makes things, where their inputs do not tell it. */
import { all, type CustomResource, type Output } from '@pulumi/pulumi'

/** A value on which nothing is built before the resources exist. Their URNs are known beforehand, so a preview shows no change. */
export function after<T>(resources: readonly (CustomResource | undefined)[], value: Output<T>): Output<T> {
  return all(resources.map((each) => each?.urn)).apply(() => value)
}
