import { parseArgs } from 'node:util'
import { appNames, readStackSettings, StackSettingsError, type AppName } from '@continuum/environments'
import { DeploymentError, parsed } from './command.ts'

export const usage = `Usage: npx nx deploy APP --stack STACK --tag TAG [--preview]

Deploys another image of one app (${appNames.join(', ')}) to an environment, and changes nothing else.

  --stack STACK  the environment, which must exist (pulumi up)
  --tag TAG      the image's tag in the environment's repository, or its digest as sha256:...; the digest is deployed
  --preview      show the changes without making them`

/** A deployment to make. */
export interface Order {
  readonly app: AppName
  readonly stack: string
  readonly tag: string
  readonly preview: boolean
}

/**
 * Reads the command line.
 *
 * @throws DeploymentError with every problem at once
 */
export function orderOf(args: readonly string[], stacks: readonly string[]): Order {
  const { values, positionals } = parsed(
    () =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { stack: { type: 'string' }, tag: { type: 'string' }, preview: { type: 'boolean' } },
      }),
    usage,
  )
  const app = appNames.find((name) => name === positionals[0])
  const { stack = '', tag = '', preview = false } = values
  const problems = [
    ...(app === undefined ? [`Unknown app "${positionals[0] ?? ''}". Known apps: ${appNames.join(', ')}.`] : []),
    ...(stacks.includes(stack) ? [] : [`--stack "${stack}" is not one of ${stacks.join(', ')}.`]),
    ...tagProblems(stack, tag),
  ]
  if (app === undefined || problems.length > 0) throw new DeploymentError(`${problems.join('\n')}\n\n${usage}`)
  return { app, stack, tag, preview }
}

/** Checks the tag by the rules of the stack's configuration. */
function tagProblems(stack: string, tag: string): string[] {
  if (tag === '') return ['--tag is missing: name the image to deploy.']
  try {
    readStackSettings(stack, { tag })
    return []
  } catch (error) {
    if (error instanceof StackSettingsError) return [`--tag "${tag}" is neither an image tag nor a digest.`]
    throw error
  }
}
