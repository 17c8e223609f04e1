import {
  EnvironmentError,
  loadEnvironment,
  readStackSettings,
  StackSettingsError,
  UnknownEnvironment,
} from '@continuum/environments'
import { getProject, getStack, RunError, runtime } from '@pulumi/pulumi'
import { OpenWithoutTls } from './components/load-balancer/ports.ts'
import { makeEnvironment } from './environment.ts'
import { NotForAws } from './guards.ts'

/** What a person must put right: told without a stack trace. */
const forPeople = [UnknownEnvironment, EnvironmentError, StackSettingsError, NotForAws, OpenWithoutTls]

/** What `pulumi up -s NAME` runs: the environment of the stack's name. The stack puts out what it returns. */
export default async function program() {
  try {
    const environment = await loadEnvironment(getStack())
    return makeEnvironment(environment, readStackSettings(getStack(), ownConfig()))
  } catch (error) {
    if (error instanceof Error && forPeople.some((kind) => error instanceof kind)) throw new RunError(error.message)
    throw error
  }
}

/** The stack's configuration of this project. */
function ownConfig(): Record<string, string> {
  const own = `${getProject()}:`
  return Object.fromEntries(
    Object.entries(runtime.allConfig())
      .filter(([key]) => key.startsWith(own))
      .map(([key, value]) => [key.slice(own.length), value]),
  )
}
