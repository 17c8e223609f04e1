import type { Environment } from './environment.ts'
import type { NamedJournal } from './journals.ts'
import type { Overlay } from './overlay.ts'

export { awsNamesOf, type AwsNames } from './aws-names.ts'
export { Environment, processNames, type ProcessName, type ProcessSize } from './environment.ts'
export { EnvironmentError, UnknownEnvironment } from './errors.ts'
export { environmentNames, loadEnvironment, sourcedEnvironment, type SourcedEnvironment } from './folder.ts'
export { addressed, hostsOf, type Addressed } from './hosts.ts'
export { addressesFor, privateDomain } from './private-addresses.ts'
export { appNames, appOf, commandOf, portOf, serves, type AppName } from './processes.ts'
export { journalsFolder } from './journals.ts'
export { secretNames, type SecretName } from './secrets.ts'
export { NoDatabase, settingsFor, type Ground, type ProcessVariables } from './settings-for.ts'
export { storageChoices } from './storage-choices.ts'
export { imageOf, readStackSettings, StackSettingsError, type StackSettings } from './stack-settings.ts'

/** What an environment's file says of it: as much as differs from `defaults.ts`. Its name is the file's. */
export type Overrides = Omit<Overlay<Environment>, 'name' | 'journals'> & { readonly journals: readonly NamedJournal[] }
