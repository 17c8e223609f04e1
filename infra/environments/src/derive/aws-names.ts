import type { Environment, ProcessName } from '../model/environment.ts'
import type { SecretName } from './secrets.ts'

/** What an environment's processes are called in AWS: the program makes them by these names, the operators' commands look for them. */
export interface AwsNames {
  /** What is unique in an account begins with it: the prefix, or in production the environment's name. */
  readonly prefix: string
  readonly cluster: string
  /** The ECS service of a process, in the cluster; its one container has the same name. */
  readonly service: (process: ProcessName) => string
  readonly logGroup: (process: ProcessName) => string
  readonly secret: (secret: SecretName) => string
}

/**
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
