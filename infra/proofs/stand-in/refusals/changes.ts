import { textOf, type Properties } from '../../wire/values.ts'

/**
 * Tells whether AWS refuses a change in place.
 *
 * @returns its error code and message; undefined if it accepts the change
 */
export function refusedChange(type: string, before: Properties, after: Properties): string | undefined {
  if (!/^aws:rds\/(instance|cluster):/.test(type)) return undefined
  const [old, wanted] = [before, after].map((each) => Number.parseInt(textOf(each['engineVersion']), 10))
  if (old === undefined || wanted === undefined || old === wanted) return undefined
  if (wanted < old) return `InvalidParameterCombination: Cannot upgrade postgres from ${old} to ${wanted}`
  return after['allowMajorVersionUpgrade'] === true
    ? undefined
    : 'InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.'
}
