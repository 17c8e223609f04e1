import { appOf, processNames, type AppName } from '@continuum/environments'

/** The component of the processes, and that of one of them (components/services), the parent of everything that belongs to it. */
const services = 'continuum:services:Services'
const process = `${services}$continuum:services:Process`

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

/** The target that keeps images from expiring: each deployment changes which they are. */
export const keptImages = (stack: string): string =>
  `urn:pulumi:${stack}::continuum::${services}$aws:ecr/lifecyclePolicy:LifecyclePolicy::services-images-kept**`
