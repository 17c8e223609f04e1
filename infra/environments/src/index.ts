import type { Environment } from './environment.ts'
import type { Overlay } from './overlay.ts'

export { Environment, processNames, type ProcessName, type ProcessSize } from './environment.ts'
export { EnvironmentError, UnknownEnvironment } from './errors.ts'
export { environmentNames, loadEnvironment, sourcedEnvironment, type SourcedEnvironment } from './folder.ts'
export { addressed, hostsOf, type Addressed } from './hosts.ts'
export { commandOf, portOf, serves } from './processes.ts'
export { secretNames, type SecretName } from './secrets.ts'
export { NoDatabase, settingsFor, type Ground, type ProcessVariables } from './settings-for.ts'

/** What an environment's file says of it: as much as differs from `defaults.ts`. Its name is the file's. */
export type Overrides = Omit<Overlay<Environment>, 'name'>
