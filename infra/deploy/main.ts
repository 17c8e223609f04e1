import { environmentNames } from '@continuum/environments'
import { deploy } from './deploy.ts'
import { DeploymentRefused, orderOf } from './order.ts'

/** What `npx nx deploy APP` runs. `local` is no stack: it runs on one machine. */
try {
  const stacks = (await environmentNames()).filter((name) => name !== 'local')
  process.exitCode = await deploy(orderOf(process.argv.slice(2), stacks))
} catch (error) {
  if (!(error instanceof DeploymentRefused)) throw error
  console.error(error.message)
  process.exitCode = 2
}
