import { checkCode, codeThatRuns } from '../deploy/code.ts'
import { DeploymentError } from '../deploy/command.ts'
import type { PulumiStack } from '../deploy/pulumi-cli.ts'
import { differencesIn, errorsIn, type Difference } from './differences.ts'

/**
 * Compares AWS with the code and the images that a stack runs: what someone changed by hand, what is gone, and what a deployment left
 * undone.
 *
 * @param checkout the commit of this checkout, which must be the code that the stack runs
 * @param say tells what differs, by resource and property
 * @returns 0 if all is as the code says, 1 if not
 * @throws DeploymentError for other code, or if the comparison fails
 */
export async function compare(stack: PulumiStack, checkout: string, say: (line: string) => void): Promise<number> {
  const commit = await codeThatRuns(stack)
  checkCode(stack.name, commit, checkout)
  const { code, out, err } = await stack.attempt('preview', '--refresh', '--json', '--non-interactive')
  if (code !== 0 || out === '')
    throw new DeploymentError(
      [`${stack.name} cannot be compared:`, ...(out === '' ? [] : errorsIn(out)), err.trim()].join('\n'),
    )
  const differences = differencesIn(out)
  if (differences.length === 0) {
    say(`${stack.name} is as the code of ${commit} says.`)
    return 0
  }
  say(`${stack.name} is not as the code of ${commit} says; resources that differ: ${differences.length}`)
  for (const difference of differences) for (const line of linesOf(difference)) say(line)
  return 1
}

/** The lines of a report on one resource. */
function linesOf({ resource, change, properties }: Difference): string[] {
  return [
    `${resource}: ${change}`,
    ...properties.map(({ path, inAws, byCode }) => `  ${path}: ${inAws} in AWS, ${byCode} by the code`),
  ]
}
