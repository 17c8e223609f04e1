import type { Environment, ProcessName } from '@continuum/environments'
import { iam } from '@pulumi/aws'
import { all, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { ownName } from '../../naming.ts'
import { assumePolicy, execStatement, executionStatements } from './execution.ts'
import { permissions, withoutPermissions, type Arns, type Statement } from './permissions.ts'

/** The process that the roles are for. */
interface RolesArgs {
  readonly process: ProcessName
  readonly environment: Environment
  readonly exec: boolean
  /** The AWS account. */
  readonly account: Output<string>
  readonly arns: Output<Arns>
}

/** The ARNs of a process's two roles, and the policies that they need before they are used. */
export interface Roles {
  /** The role that the process has. */
  readonly taskRole: Output<string>
  /** The role with which ECS starts the process. */
  readonly executionRole: Output<string>
  readonly policies: readonly iam.RolePolicy[]
}

/**
 * Creates the task role and the execution role of a process.
 *
 * @param given.secrets the ARNs of the secrets that its containers are started with
 */
export function makeRoles(
  name: string,
  args: RolesArgs,
  given: {
    repositoryArn: Output<string | undefined>
    logGroupArn: Output<string>
    secrets: Output<string[]>
  },
  child: CustomResourceOptions,
): Roles {
  const { process, environment, exec, account, arns } = args
  const needsNothing = withoutPermissions.includes(process) && !exec
  const taskRole = makeRole(
    `${name}-own`,
    {
      called: ownName(environment, process),
      description: `Task role of ${process} in ${environment.name}`,
      trust: account.apply((id) => assumePolicy(id, environment.region)),
      statements: arns.apply((known): Statement[] => [
        ...permissions[process](known),
        ...(exec ? [execStatement] : []),
      ]),
      bare: needsNothing,
    },
    child,
  )
  const executionRole = makeRole(
    `${name}-starting`,
    {
      called: ownName(environment, `${process}-starting`),
      description: `Execution role of ${process} in ${environment.name}`,
      trust: account.apply((id) => assumePolicy(id, environment.region)),
      statements: all([given.repositoryArn, given.logGroupArn, given.secrets]).apply(
        ([repository, logGroup, secrets]) =>
          executionStatements({ repository, logGroup, secrets: [...new Set(secrets)].toSorted() }),
      ),
    },
    child,
  )
  return {
    taskRole: taskRole.arn,
    executionRole: executionRole.arn,
    policies: [taskRole.policy, executionRole.policy].filter((policy) => policy !== undefined),
  }
}

/** Creates a role that ECS tasks assume, with its policy. */
function makeRole(
  name: string,
  args: {
    called: string
    description: string
    /** The policy that says who may assume it. */
    trust: Output<string>
    statements: Output<Statement[]>
    /** True if it may do nothing: AWS refuses a policy without statements. */
    bare?: boolean
  },
  child: CustomResourceOptions,
): { arn: Output<string>; policy: iam.RolePolicy | undefined } {
  const { called, description, trust, statements } = args
  const role = new iam.Role(name, { name: called, description, assumeRolePolicy: trust }, child)
  if (args.bare) return { arn: role.arn, policy: undefined }
  const policy = new iam.RolePolicy(
    name,
    {
      role: role.name,
      policy: statements.apply((list) => JSON.stringify({ Version: '2012-10-17', Statement: list })),
    },
    child,
  )
  return { arn: role.arn, policy }
}
