import type { Environment, ProcessName } from '../model/environment.ts'
import { filledByHand, type SecretName } from './secrets.ts'

/** The names of an environment's processes in AWS, for the program that creates them and the commands that operate them. */
export interface AwsNames {
  /** The beginning of names that must be unique in an account: the prefix, or in production the environment's name. */
  readonly prefix: string
  readonly cluster: string
  /** The ECS service of a process, in the cluster. */
  readonly service: (process: ProcessName) => string
  /** The container of a process in the tasks of its service. */
  readonly container: (process: ProcessName) => string
  /** The log group of a container, or with `*` a pattern of all. */
  readonly logGroup: (process: ProcessName | '*') => string
  /** That of a secret, or with `*` a pattern of all. */
  readonly secret: (secret: SecretName | '*') => string
  /** The key of a secret where several are in one, as JSON; undefined where it is the whole. */
  readonly secretKey: (secret: SecretName) => string | undefined
}

/** The one ECS service of the shape `small`, and the container of all its processes but the worker. */
export const sharedName = 'services'

/**
 * Derives the names in AWS of an environment's processes.
 *
 * @example awsNamesOf({ name: 'continuum-test', prefix: 'ct-', shape: 'separate' }).cluster // 'ct-continuum'
 * @example awsNamesOf({ name: 'prod', prefix: '', shape: 'separate' }).logGroup('lax') // '/continuum/prod/lax'
 * @example awsNamesOf({ name: 'press', prefix: '', shape: 'small' }).logGroup('lax') // '/continuum/press/services'
 */
export function awsNamesOf(environment: Pick<Environment, 'name' | 'prefix' | 'shape'>): AwsNames {
  const { name, shape } = environment
  const prefix = environment.prefix === '' ? `${name}-` : environment.prefix
  const small = shape === 'small'
  const container = (process: ProcessName) => (small && process !== 'worker' ? sharedName : process)
  const together = (secret: SecretName | '*') =>
    small && secret !== '*' && !filledByHand.some((each) => each === secret)
  return {
    prefix,
    cluster: `${prefix}continuum`,
    service: (process) => (small ? sharedName : process),
    container,
    logGroup: (process) => `/continuum/${name}/${process === '*' ? '*' : container(process)}`,
    secret: (secret) => `continuum/${name}/${together(secret) ? 'generated' : secret}`,
    secretKey: (secret) => (together(secret) ? secret : undefined),
  }
}
