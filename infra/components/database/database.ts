import type { Environment } from '@continuum/environments'
import { cloudwatch, ec2, rds, secretsmanager, vpc } from '@pulumi/aws'
import {
  ComponentResource,
  output,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Input,
  type Output,
} from '@pulumi/pulumi'
import { protection } from '../protection.ts'
import { makeCluster } from './cluster.ts'
import { makeInstance } from './instance.ts'
import { database, databasePlan, type DatabasePlan } from './plan.ts'

export interface DatabaseArgs {
  environment: Environment
  vpcId: Input<string>
  /** In at least two zones. */
  subnetIds: Input<Input<string>[]>
  /** The security group whose members may connect. */
  clientSecurityGroupId: Input<string>
}

/** The days between two rotations of the master user's password; it is read before each task that needs it. */
const passwordDays = 30

/**
 * The PostgreSQL of an environment, on RDS or Aurora Serverless. Only tasks reach it, and only over TLS.
 *
 * @throws Error if the environment has no `database`
 */
export class Database extends ComponentResource {
  /** `postgres://continuum@host:5432/continuum?sslmode=verify-full`: the master user, without the password. */
  readonly url: Output<string>
  /** The ARN of the secret `{ "username", "password" }` of the master user, who makes those of the services and does nothing else. */
  readonly passwordSecretArn: Output<string>
  /** The identifier of the instance or cluster. */
  readonly identifier: Output<string>

  constructor(name: string, args: DatabaseArgs, options?: ComponentResourceOptions) {
    super('continuum:database:Database', name, {}, options)
    const { environment } = args
    if (!environment.database) throw new Error(`The environment ${environment.name} has no database`)
    const plan = databasePlan(environment, environment.database)
    const { size } = plan
    const child = { parent: this }

    const logs = makeLogGroup(name, plan, environment.retention.logDays, child)
    const subnets = new rds.SubnetGroup(
      `${name}-subnets`,
      { name: plan.identifier, description: `Subnets of ${plan.identifier}`, subnetIds: args.subnetIds },
      child,
    )
    const network = { subnetGroup: subnets.name, ...makeSecurityGroup(name, plan, args, child) }
    const kept = { ...child, ...protection(environment), dependsOn: [logs] }
    const made =
      size.kind === 'instance'
        ? makeInstance(name, plan, size, network, { child, kept })
        : makeCluster(name, plan, size, network, { child, kept })

    this.passwordSecretArn = made.secrets.apply(([secret]) => {
      if (!secret) throw new Error(`RDS created no secret for ${plan.identifier}`)
      return secret.secretArn
    })
    new secretsmanager.SecretRotation(
      `${name}-password-rotation`,
      {
        secretId: this.passwordSecretArn,
        rotateImmediately: false,
        rotationRules: { automaticallyAfterDays: passwordDays },
      },
      // Aurora sets a schedule of its own once its first instance exists.
      { ...child, dependsOn: made.ready },
    )
    // Resources that use the address wait until the database accepts connections, also those of tasks.
    const { host, port, ready } = made
    this.url = output({ host, port, ready: [...ready, network.rule].map(({ urn }) => urn) }).apply(
      (at) => `postgres://${database}@${at.host}:${at.port}/${database}?sslmode=verify-full`,
    )
    this.identifier = made.identifier
    const { url, passwordSecretArn, identifier } = this
    this.registerOutputs({ url, passwordSecretArn, identifier })
  }
}

/** Creates the log group before RDS would, which would keep its logs forever. */
function makeLogGroup(name: string, plan: DatabasePlan, days: number, child: CustomResourceOptions) {
  const kind = plan.size.kind === 'instance' ? 'instance' : 'cluster'
  const group = { name: `/aws/rds/${kind}/${plan.identifier}/postgresql`, retentionInDays: days }
  return new cloudwatch.LogGroup(`${name}-logs`, group, child)
}

function makeSecurityGroup(name: string, plan: DatabasePlan, args: DatabaseArgs, child: CustomResourceOptions) {
  const group = new ec2.SecurityGroup(
    `${name}-access`,
    { description: `Who may connect to ${plan.identifier}`, vpcId: args.vpcId },
    child,
  )
  const rule = new vpc.SecurityGroupIngressRule(
    `${name}-from-tasks`,
    {
      securityGroupId: group.id,
      referencedSecurityGroupId: args.clientSecurityGroupId,
      description: 'PostgreSQL, from the tasks',
      ipProtocol: 'tcp',
      fromPort: 5432,
      toPort: 5432,
    },
    child,
  )
  return { securityGroupId: group.id, rule }
}
