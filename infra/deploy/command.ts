import { RegistryError } from './images/registry.ts'

/** Thrown when a deployment fails for a reason that its user can fix; shown without a stack trace. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError'
}

/** Parses a command line. @throws DeploymentError with the usage */
export function parsed<T>(parse: () => T, how: string): T {
  try {
    return parse()
  } catch (error) {
    throw new DeploymentError(`${error instanceof Error ? error.message : String(error)}\n\n${how}`)
  }
}

/** Runs a command and sets the process's exit code: that of the command, or 2 if its user must change something. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command()
  } catch (error) {
    if (!(error instanceof DeploymentError) && !(error instanceof RegistryError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}
