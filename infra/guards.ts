import type { Environment, StackSettings } from '@continuum/environments'
import { ssm } from '@pulumi/aws'
import type { CustomResourceOptions } from '@pulumi/pulumi'
import { admitted } from './components/load-balancer/ports.ts'
import { repositoryArn } from './components/services/repository.ts'

/** Thrown for an environment that AWS could be made to hold, but that could not run there. For a person to put right. */
export class NotForAws extends Error {
  override readonly name = 'NotForAws'
}

/**
 * Refuses what would be made, cost money and not run.
 *
 * @throws NotForAws; OpenWithoutTls where anybody could read along
 */
export function checkFitsAws(environment: Environment, { repository }: StackSettings): void {
  const { name, database, internet } = environment
  if (!database) {
    throw new NotForAws(
      `The environment ${name} has no database, so it can't be made in AWS: ask for one in ${name}.ts (database: ...). What is to run on one machine is started by npm start.`,
    )
  }
  admitted(environment)
  if (repository !== undefined && !internet && repositoryArn(repository) === undefined) {
    throw new NotForAws(
      `The image ${repository} is not in ECR, and the processes of ${name} don't reach the internet to fetch it: push it to ECR, or say internet: true in ${name}.ts`,
    )
  }
}

/**
 * Takes the journals of a unique environment for it: AWS makes no second parameter of the same name in an account's region, so a
 * second unique environment for one of them fails there, be it the same environment from a second state. Within this folder that
 * is refused before (see `clashes` of the environments).
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
        description: 'The one environment that readers of this journal see; another is refused while this is here',
        overwrite: false,
      },
      { ...options, protect: environment.protected },
    )
  }
}
