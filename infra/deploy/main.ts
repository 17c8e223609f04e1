import { environmentNames } from '@continuum/environments'
import { deploy } from './deploy.ts'
import { DeploymentError, orderOf } from './order.ts'

/** The command behind `npx nx deploy APP`. `local` has no stack: it runs on one machine. */
try {
  const stacks = (await environmentNames()).filter((name) => name !== 'local')
  process.exitCode = await deploy(orderOf(process.argv.slice(2), stacks))
} catch (error) {
  if (!(error instanceof DeploymentError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
