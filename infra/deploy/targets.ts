import { appOf, processNames, type AppName } from '@continuum/environments'

/** The component of a process (components/services/process.ts), the parent of everything that belongs to it. */
const process = 'continuum:services:Services$continuum:services:Process'

/**
 * The targets of a deployment: the processes of the app, as Pulumi URNs with wildcards (`**` is any text).
 *
 * @example targetsOf('prod', 'lax') // ['urn:pulumi:prod::continuum::continuum:services:Services$continuum:services:Process$**::services-lax**']
 */
export function targetsOf(stack: string, app: AppName): string[] {
  return processNames
    .filter((name) => appOf(name) === app)
    .map((name) => `urn:pulumi:${stack}::continuum::${process}$**::services-${name}**`)
}
