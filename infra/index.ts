import { EnvironmentError, loadEnvironment, UnknownEnvironment } from '@continuum/environments'
import { getStack, RunError } from '@pulumi/pulumi'
import { makeEnvironment } from './environment.ts'

/** The program that `pulumi up -s NAME` runs: the environment of the stack's name. What this function returns the stack puts out. */
export default async function program() {
  try {
    return makeEnvironment(await loadEnvironment(getStack()))
  } catch (error) {
    // For a person to read: without a stack trace.
    if (error instanceof UnknownEnvironment || error instanceof EnvironmentError) throw new RunError(error.message)
    throw error
  }
}
