import { environmentNames, loadEnvironment } from '@continuum/environments'
import { deploy } from './deploy.ts'
import { DeploymentError, orderOf } from './order.ts'
import { openStack } from './pulumi-cli.ts'

/** The command behind `npx nx deploy APP`. `local` has no stack: it runs on one machine. */
try {
  const stacks = (await environmentNames()).filter((name) => name !== 'local')
  const order = orderOf(process.argv.slice(2), stacks)
  if ((await loadEnvironment(order.stack)).shape === 'small')
    throw new DeploymentError(
      `All apps of ${order.stack} run in one task, of one image: roll them together (npm run roll -- --stack ${order.stack} --commit SHA), or set its tag (pulumi config set tag TAG) and run pulumi up.`,
    )
  process.exitCode = await deploy(order, await openStack(order.stack))
} catch (error) {
  if (!(error instanceof DeploymentError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
