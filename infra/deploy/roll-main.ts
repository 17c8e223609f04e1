import { parseArgs } from 'node:util'
import { environmentNames, loadEnvironment } from '@continuum/environments'
import { DeploymentError, parsed } from './order.ts'
import { openStack } from './pulumi-cli.ts'
import { roll } from './roll.ts'
import { changesUpTo } from './stale.ts'

const usage = `Usage: npm run roll -- --stack STACK --commit SHA [--preview]

Brings an environment to a commit whose image is in its repository: rolls the apps that run something else than the commit has, and makes
what else has changed in the code.

  --stack STACK  the environment, which must exist (pulumi up)
  --commit SHA   the commit, whose hash is the tag of its image
  --preview      show the changes without making them`

/** The command behind `npm run roll`. */
try {
  const {
    stack = '',
    commit = '',
    preview = false,
  } = parsed(
    () =>
      parseArgs({
        options: { stack: { type: 'string' }, commit: { type: 'string' }, preview: { type: 'boolean' } },
      }).values,
    usage,
  )
  const stacks = (await environmentNames()).filter((name) => name !== 'local')
  if (!stacks.includes(stack))
    throw new DeploymentError(`--stack "${stack}" is not one of ${stacks.join(', ')}.\n\n${usage}`)
  if (!/^[0-9a-f]{40}$/.test(commit))
    throw new DeploymentError(`--commit "${commit}" is not the hash of a commit.\n\n${usage}`)
  const together = (await loadEnvironment(stack)).shape === 'small'
  const to = { commit, preview, changesSince: changesUpTo(commit), together }
  process.exitCode = await roll(await openStack(stack), to, (line) => console.log(line))
} catch (error) {
  if (!(error instanceof DeploymentError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
