import { environmentNames, loadEnvironment } from '@continuum/environments'
import { DeploymentError } from './command.ts'

/** The environments that have a stack: `local` runs on one machine. */
export async function stackNames(): Promise<string[]> {
  return (await environmentNames()).filter((name) => name !== 'local')
}

/** Checks that a stack is one of these. @throws DeploymentError with the usage */
export async function checkStack(option: string, stack: string, usage: string): Promise<void> {
  const stacks = await stackNames()
  if (!stacks.includes(stack))
    throw new DeploymentError(`${option} "${stack}" is not one of ${stacks.join(', ')}.\n\n${usage}`)
}

/** Refuses to deploy what has not run elsewhere to an environment that takes promoted images only. @throws DeploymentError */
export async function refusePromoted(stack: string): Promise<void> {
  const { promotedFrom } = await loadEnvironment(stack)
  if (promotedFrom !== undefined)
    throw new DeploymentError(
      `${stack} takes only images that have run on ${promotedFrom}: npm run promote -- --from ${promotedFrom} --to ${stack}`,
    )
}

/** True if all apps of an environment run in one task, of one image. */
export async function isShared(stack: string): Promise<boolean> {
  return (await loadEnvironment(stack)).shape === 'small'
}

/** Refuses to deploy one app where all run in one task. @throws DeploymentError */
export async function refuseShared(stack: string): Promise<void> {
  if (await isShared(stack))
    throw new DeploymentError(
      `All apps of ${stack} run in one task, of one image: roll them together (npm run roll -- --stack ${stack} --commit SHA)`,
    )
}
