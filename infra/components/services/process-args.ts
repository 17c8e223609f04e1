import type { Environment, ProcessContext, ProcessName, StackSettings } from '@continuum/environments'
import type { Input, Output } from '@pulumi/pulumi'
import type { Repository } from './repository.ts'
import type { PublicProcess } from '../load-balancer/ports.ts'
import type { Arns } from './roles/permissions.ts'
import type { Secrets } from './secrets.ts'

/** The arguments that all processes of an environment share. */
export interface CommonArgs {
  readonly environment: Environment
  readonly exec: boolean
  /** The AWS account. */
  readonly account: Output<string>
  readonly cluster: { readonly name: Output<string>; readonly arn: Output<string> }
  readonly arns: Output<Arns>
  readonly secrets: Secrets
  /** The step of the rotation of tokens. */
  readonly rotation: number
  /** The database's master user, and the ARN of the secret that RDS keeps the password in. */
  readonly masterUser: { readonly url: Output<string>; readonly passwordSecretArn: Output<string> }
  readonly repository: Repository
  readonly tags: StackSettings['tags']
  readonly subnetIds: Input<string>[]
  readonly securityGroupId: Input<string>
}

/** The arguments of one process. */
export interface ProcessArgs extends CommonArgs {
  readonly process: ProcessName
  /** Addresses and the database, which are known only once they are made. */
  readonly context: Output<ProcessContext>
  /** Security groups beside that of all processes. */
  readonly moreSecurityGroupIds: readonly Input<string>[]
  /** The target group that the load balancer forwards its requests to. */
  readonly targetGroupArn: Input<string> | undefined
  /** Its entry in service discovery. */
  readonly registryArn: Input<string>
}

/** The arguments of the one task of a small environment. */
export interface SharedTaskArgs extends CommonArgs {
  readonly contextOf: (process: ProcessName) => Output<ProcessContext>
  /** Security groups beside that of all processes. */
  readonly moreSecurityGroupIds: readonly Input<string>[]
  /** The target group of each process behind the load balancer. */
  readonly targetGroupArns: Readonly<Record<PublicProcess, Output<string>>>
}
