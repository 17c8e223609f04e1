import { appOf, processNames, type AppName } from '@continuum/environments'

/** The component of a process (components/services/process.ts): what it makes lies below it, and nothing else does. */
const process = 'continuum:services:Services$continuum:services:Process'

/**
 * What a deployment of one app may touch: each of its processes, as the URNs of Pulumi with its wildcards (`**` is any text).
 *
 * @example targetsOf('prod', 'lax') // ['urn:pulumi:prod::continuum::continuum:services:Services$continuum:services:Process$**::services-lax**']
 */
export function targetsOf(stack: string, app: AppName): string[] {
  return processNames
    .filter((name) => appOf(name) === app)
    .map((name) => `urn:pulumi:${stack}::continuum::${process}$**::services-${name}**`)
}
