import type { Environment, StackSettings } from '@continuum/environments'
import { ssm } from '@pulumi/aws'
import type { CustomResourceOptions } from '@pulumi/pulumi'
import { allowedCidrs } from './components/load-balancer/ports.ts'
import { repositoryArn } from './components/services/repository.ts'

/** Thrown for an environment that could be created in AWS but could not run there. A person must change its file. */
export class UnsupportedEnvironmentError extends Error {
  override readonly name = 'UnsupportedEnvironmentError'
}

/**
 * Refuses an environment that would be created, cost money and not run.
 *
 * @throws UnsupportedEnvironmentError, or MissingTlsError if it would be open to everybody without TLS
 */
export function checkFitsAws(environment: Environment, { repository, tags }: StackSettings): void {
  const { name, database, internet } = environment
  if (!database) {
    throw new UnsupportedEnvironmentError(
      `The environment ${name} has no database, so it cannot be created in AWS: add one to ${name}.ts (database: ...). To run it on one machine, use npm start.`,
    )
  }
  allowedCidrs(environment)
  const different = [...new Set(Object.values(tags))].map((tag) => tag ?? 'none')
  if (environment.shape === 'small' && different.length > 1) {
    throw new UnsupportedEnvironmentError(
      `The shape of ${name} is small: all its processes are in one task of one image, but its apps have different tags (${different.join(', ')}). Set one for all, and no tag of an app: pulumi config set tag TAG`,
    )
  }
  if (
    repository !== undefined &&
    !internet &&
    environment.shape !== 'small' &&
    repositoryArn(repository) === undefined
  ) {
    throw new UnsupportedEnvironmentError(
      `The image ${repository} is not in ECR, and the processes of ${name} have no internet access to pull it: push it to ECR, or set internet: true in ${name}.ts`,
    )
  }
}

/**
 * Claims the journals of a unique environment. AWS creates no second parameter of the same name in an account's region, so a second
 * unique environment for one of them fails, even the same environment from another Pulumi state. `clashes` of the environments package
 * refuses two in the same folder earlier.
 */
export function claimJournals(environment: Environment, options: CustomResourceOptions): void {
  if (!environment.unique) return
  for (const { prefix } of environment.journals) {
    new ssm.Parameter(
      `only-environment-of-${prefix}`,
      {
        name: `/continuum/unique/${prefix}`,
        type: 'String',
        value: environment.name,
        description: 'The one environment that readers of this journal see; refuses a second one while it exists',
        overwrite: false,
      },
      { ...options, protect: environment.protected },
    )
  }
}
