import { parseArgs } from 'node:util'
import { loadEnvironment } from '@continuum/environments'
import { checkedOut } from './code.ts'
import { DeploymentError, parsed, runCommand } from './command.ts'
import { imagesToPromote, promote } from './promote.ts'
import { openStack } from './pulumi-cli.ts'
import { checkStack } from './stacks.ts'

const usage = `Usage: npm run promote -- --from STACK --to STACK [--digest sha256:...] [--preview | --commit]

Gives an environment the very images that another runs, by their digests, and the code with which they run there. Nothing is built.

  --from STACK     the environment that runs them
  --to STACK       the environment that gets them, whose file names the other (promotedFrom)
  --digest DIGEST  an image that ran there before, instead of those that run now
  --preview        say what would be rolled, and do nothing
  --commit         only print the commit with whose code they run, which must be checked out for the promotion`

/** The command behind `npm run promote`. */
await runCommand(async () => {
  const options = {
    from: { type: 'string' },
    to: { type: 'string' },
    digest: { type: 'string' },
    preview: { type: 'boolean' },
    commit: { type: 'boolean' },
  } as const
  const {
    from = '',
    to = '',
    digest,
    preview = false,
    commit = false,
  } = parsed(() => parseArgs({ options }).values, usage)
  await checkStack('--from', from, usage)
  await checkStack('--to', to, usage)
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new DeploymentError(`--digest "${digest}" is not a digest.\n\n${usage}`)
  const { promotedFrom } = await loadEnvironment(to)
  if (promotedFrom !== from)
    throw new DeploymentError(
      `${to} takes no images from ${from}: its file says ${promotedFrom === undefined ? 'no promotedFrom' : `promotedFrom: '${promotedFrom}'`}`,
    )
  if (commit) {
    console.log((await imagesToPromote(await openStack(from), digest)).commit)
    return 0
  }
  const promotion = { digest, checkout: await checkedOut(), preview }
  return promote(await openStack(from), await openStack(to), promotion, (line) => console.log(line))
})
