import { parseArgs } from 'node:util'
import { appNames, readStackSettings, StackSettingsError, type AppName } from '@continuum/environments'

export const usage = `Usage: npx nx deploy APP --stack STACK --tag TAG [--preview]

Rolls one app (${appNames.join(', ')}) of an environment to another image, and touches nothing else.

  --stack STACK  the environment, which must have been made (pulumi up)
  --tag TAG      the image's tag in the environment's repository, or its digest as sha256:...
  --preview      shows what would change, and changes nothing`

/** What is to be rolled where. */
export interface Order {
  readonly app: AppName
  readonly stack: string
  readonly tag: string
  readonly preview: boolean
}

/** Thrown when a deployment can't be made for a reason that its user can mend: told without a stack. Never retried. */
export class DeploymentRefused extends Error {
  override readonly name = 'DeploymentRefused'
}

/**
 * Reads the command line.
 *
 * @throws DeploymentRefused with all that is wrong with it
 */
export function orderOf(args: readonly string[], stacks: readonly string[]): Order {
  const { values, positionals } = parsed(args)
  const app = appNames.find((name) => name === positionals[0])
  const { stack = '', tag = '', preview = false } = values
  const problems = [
    ...(app === undefined ? [`There is no app "${positionals[0] ?? ''}". There are: ${appNames.join(', ')}.`] : []),
    ...(stacks.includes(stack) ? [] : [`--stack "${stack}" is none of ${stacks.join(', ')}.`]),
    ...tagProblems(stack, tag),
  ]
  if (app === undefined || problems.length > 0) throw new DeploymentRefused(`${problems.join('\n')}\n\n${usage}`)
  return { app, stack, tag, preview }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { stack: { type: 'string' }, tag: { type: 'string' }, preview: { type: 'boolean' } },
    })
  } catch (error) {
    throw new DeploymentRefused(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  }
}

/** The stack's configuration knows what a tag is. */
function tagProblems(stack: string, tag: string): string[] {
  if (tag === '') return ['--tag is missing: which image?']
  try {
    readStackSettings(stack, { tag })
    return []
  } catch (error) {
    if (error instanceof StackSettingsError) return [`--tag "${tag}" is no tag of an image, nor a digest.`]
    throw error
  }
}
