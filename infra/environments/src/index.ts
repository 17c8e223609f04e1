import type { Environment } from './model/environment.ts'
import type { NamedJournal } from './load/journals.ts'
import type { Overlay } from './model/overlay.ts'

export { archiveCopyNames, type ArchiveCopyNames } from './derive/archive-copy-names.ts'
export { awsNamesOf, sharedName, type AwsNames } from './derive/aws-names.ts'
export { Environment, processNames, type ProcessName, type ProcessSize } from './model/environment.ts'
export { EnvironmentError, UnknownEnvironmentError } from './load/errors.ts'
export { environmentNames, loadEnvironment, sourcedEnvironment, type SourcedEnvironment } from './load/folder.ts'
export { journalsFolder } from './load/journals.ts'
export { addressed, hostsOf, type Addressed, type Reached } from './model/hosts.ts'
export {
  reachOf,
  type FileServer,
  type MailSettings,
  type RecipientSettings,
  type StaffSettings,
} from '@continuum/settings'
export { addressesFor, privateDomain } from './derive/private-addresses.ts'
export {
  appNames,
  appOf,
  commandOf,
  healthPort,
  healthPortOf,
  portOf,
  serveCommand,
  serves,
  serviceNameOf,
  sharedProcesses,
  type AppName,
} from './derive/processes.ts'
export {
  databaseSecretOf,
  databaseServiceOf,
  databaseServices,
  filledByHand,
  rotatedSecrets,
  secretNames,
  type DatabaseService,
  type HandFilledSecret,
  type RotatedSecret,
  type SecretName,
} from './derive/secrets.ts'
export { MissingDatabaseError, settingsFor, type ProcessContext, type ProcessVariables } from './derive/settings-for.ts'
export { partOf, shared } from './derive/shared-settings.ts'
export { storageChoices } from './derive/storage-choices.ts'
export {
  eachApp,
  ecrRepositoryOf,
  imageOf,
  partsOf,
  readStackSettings,
  StackSettingsError,
  type StackSettings,
} from './derive/stack-settings.ts'

/** The content of an environment's file: the values that differ from `defaults.ts`. */
export type Overrides = Omit<Overlay<Environment>, 'name' | 'journals'> & { readonly journals: readonly NamedJournal[] }
