import type { Environment, ProcessName } from '../model/environment.ts'
import type { SecretName } from './secrets.ts'

/** The names of an environment's processes in AWS, for the program that creates them and the commands that operate them. */
export interface AwsNames {
  /** The beginning of names that must be unique in an account: the prefix, or in production the environment's name. */
  readonly prefix: string
  readonly cluster: string
  /** The ECS service of a process, in the cluster; its one container has the same name. */
  readonly service: (process: ProcessName) => string
  /** That of a process, or with `*` a pattern of all. */
  readonly logGroup: (process: ProcessName | '*') => string
  readonly secret: (secret: SecretName | '*') => string
}

/**
 * Derives the names in AWS of an environment's processes.
 *
 * @example awsNamesOf({ name: 'continuum-test', prefix: 'ct-' }).cluster // 'ct-continuum'
 * @example awsNamesOf({ name: 'prod', prefix: '' }).logGroup('lax') // '/continuum/prod/lax'
 */
export function awsNamesOf(environment: Pick<Environment, 'name' | 'prefix'>): AwsNames {
  const { name } = environment
  const prefix = environment.prefix === '' ? `${name}-` : environment.prefix
  return {
    prefix,
    cluster: `${prefix}continuum`,
    service: (process) => process,
    logGroup: (process) => `/continuum/${name}/${process}`,
    secret: (secret) => `continuum/${name}/${secret}`,
  }
}
