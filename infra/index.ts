import {
  EnvironmentError,
  loadEnvironment,
  readStackSettings,
  StackSettingsError,
  UnknownEnvironmentError,
} from '@continuum/environments'
import { getStack, log, RunError, runtime } from '@pulumi/pulumi'
import { TakenBucketError } from './account/buckets.ts'
import { MissingImageError } from './account/images.ts'
import { surveyAccount } from './account/survey.ts'
import { restoreNotices } from './components/database/restore.ts'
import { MissingTlsError } from './components/load-balancer/ports.ts'
import { makeEnvironment } from './environment.ts'
import { UnsupportedEnvironmentError } from './guards.ts'
import { makeProvider } from './provider.ts'
import { stackConfig } from './stack-config.ts'

/** Errors that the user can fix, shown without a stack trace. */
const userErrors = [
  UnknownEnvironmentError,
  EnvironmentError,
  StackSettingsError,
  UnsupportedEnvironmentError,
  MissingTlsError,
  TakenBucketError,
  MissingImageError,
]

/** The program behind `pulumi up -s NAME`: creates the environment of the stack's name and returns the stack's outputs. */
export default async function program() {
  try {
    const environment = await loadEnvironment(getStack())
    const configured = readStackSettings(getStack(), stackConfig())
    const provider = makeProvider('aws', environment)
    const found = await surveyAccount(environment, configured, { provider, dryRun: runtime.isDryRun() })
    for (const notice of [...found.notices, ...restoreNotices(environment)]) await log.warn(notice)
    return makeEnvironment(environment, found.settings, { provider, domainExists: found.domainExists })
  } catch (error) {
    if (error instanceof Error && userErrors.some((kind) => error instanceof kind)) throw new RunError(error.message)
    throw error
  }
}
