import { parseArgs } from 'node:util'
import { appNames } from '@continuum/environments'
import { checkCode, checkedOut, codeThatRuns } from './code.ts'
import { DeploymentError, parsed, runCommand } from './command.ts'
import { openStack } from './pulumi-cli.ts'
import { roll, rollBack } from './roll.ts'
import { checkStack, isShared, refusePromoted } from './stacks.ts'
import { changesUpTo } from './stale.ts'

const usage = `Usage: npm run roll -- --stack STACK --commit SHA [--preview]
       npm run roll -- --stack STACK --back [--app APP] [--preview]

Brings an environment to a commit whose image is in its repository: rolls the apps that run something else than the commit has, and makes
what else has changed in the code. With --back gives apps the images back that the last deployment replaced, and changes nothing else: the
checkout must be the code that the environment runs. It goes one deployment back: a second time in a row it is refused.

  --stack STACK  the environment, which must exist (pulumi up)
  --commit SHA   the commit, whose hash is the tag of its image
  --back         back to the images that the last deployment of images replaced
  --app APP      back for only this app, to what it ran before, whenever that was replaced
                 (${appNames.join(', ')})
  --preview      show the changes without making them`

/** The command behind `npm run roll`. */
await runCommand(async () => {
  const options = {
    stack: { type: 'string' },
    commit: { type: 'string' },
    back: { type: 'boolean' },
    app: { type: 'string' },
    preview: { type: 'boolean' },
  } as const
  const {
    stack = '',
    commit = '',
    back = false,
    app,
    preview = false,
  } = parsed(() => parseArgs({ options }).values, usage)
  await checkStack('--stack', stack, usage)
  const say = (line: string) => console.log(line)
  if (back) {
    const named = appNames.find((name) => name === app)
    if (app !== undefined && named === undefined)
      throw new DeploymentError(`--app "${app}" is not one of ${appNames.join(', ')}.\n\n${usage}`)
    const opened = await openStack(stack)
    checkCode(stack, await codeThatRuns(opened), await checkedOut())
    return rollBack(opened, { app: named, preview, together: await isShared(stack) }, say)
  }
  if (!/^[0-9a-f]{40}$/.test(commit))
    throw new DeploymentError(`--commit "${commit}" is not the hash of a commit.\n\n${usage}`)
  await refusePromoted(stack)
  const to = { commit, preview, changesSince: changesUpTo(commit), together: await isShared(stack) }
  return roll(await openStack(stack), to, say)
})
