import { parseArgs } from 'node:util'
import { checkedOut, codeThatRuns } from '../deploy/code.ts'
import { parsed, runCommand } from '../deploy/command.ts'
import { openStack } from '../deploy/pulumi-cli.ts'
import { checkStack } from '../deploy/stacks.ts'
import { compare } from './drift.ts'

const usage = `Usage: npm run drift -- --stack STACK [--commit]

Compares an environment in AWS with the code and the images that it runs, and changes nothing. Exit code 1 if something differs.

  --stack STACK  the environment
  --commit       only print the commit whose code it runs, which must be checked out for the comparison`

/** The command behind `npm run drift`. */
await runCommand(async () => {
  const options = { stack: { type: 'string' }, commit: { type: 'boolean' } } as const
  const { stack: name = '', commit = false } = parsed(() => parseArgs({ options }).values, usage)
  await checkStack('--stack', name, usage)
  const stack = await openStack(name)
  if (!commit) return compare(stack, await checkedOut(), (line) => console.log(line))
  console.log(await codeThatRuns(stack))
  return 0
})
