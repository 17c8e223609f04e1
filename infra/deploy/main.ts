import { environmentNames } from '@continuum/environments'
import { deploy } from './deploy.ts'
import { DeploymentError, orderOf } from './order.ts'
import { openStack } from './pulumi-cli.ts'

/** The command behind `npx nx deploy APP`. `local` has no stack: it runs on one machine. */
try {
  const stacks = (await environmentNames()).filter((name) => name !== 'local')
  const order = orderOf(process.argv.slice(2), stacks)
  process.exitCode = await deploy(order, await openStack(order.stack))
} catch (error) {
  if (!(error instanceof DeploymentError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
