import type { Environment, ProcessName } from '@continuum/environments'
import { iam } from '@pulumi/aws'
import { all, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { ownName } from '../../naming.ts'
import { assumePolicy, execStatement, executionStatements } from './execution.ts'
import { arnIn } from '../../secret-reference.ts'
import { withoutPermissions, type Arns, type Statement } from './permissions.ts'
import { permissionsOf } from './union.ts'

/** The task that the roles are for. */
interface RolesArgs {
  /** The end of their names. */
  readonly called: string
  /** The processes in it, which share its role. */
  readonly processes: readonly ProcessName[]
  readonly environment: Environment
  readonly exec: boolean
  /** The AWS account. */
  readonly account: Output<string>
  readonly arns: Output<Arns>
}

/** The ARNs of a task's two roles, and the policies that they need before they are used. */
export interface Roles {
  /** The role that the processes in it have. */
  readonly taskRole: Output<string>
  /** The role with which ECS starts it. */
  readonly executionRole: Output<string>
  readonly policies: readonly iam.RolePolicy[]
}

/**
 * Creates the task role and the execution role of a task.
 *
 * @param given.secrets the references to the secrets that its containers are started with
 */
export function makeRoles(
  name: string,
  args: RolesArgs,
  given: {
    repositoryArn: Output<string | undefined>
    logGroupArns: readonly Output<string>[]
    secrets: Output<string[]>
  },
  child: CustomResourceOptions,
): Roles {
  const { called, processes, environment, exec, account, arns } = args
  const needsNothing = processes.every((process) => withoutPermissions.includes(process)) && !exec
  const taskRole = makeRole(
    `${name}-own`,
    {
      called: ownName(environment, called),
      description: `Task role of ${called} in ${environment.name}`,
      trust: account.apply((id) => assumePolicy(id, environment.region)),
      statements: arns.apply((known): Statement[] => [
        ...permissionsOf(processes, known),
        ...(exec ? [execStatement] : []),
      ]),
      bare: needsNothing,
    },
    child,
  )
  const executionRole = makeRole(
    `${name}-starting`,
    {
      called: ownName(environment, `${called}-starting`),
      description: `Execution role of ${called} in ${environment.name}`,
      trust: account.apply((id) => assumePolicy(id, environment.region)),
      statements: all([given.repositoryArn, all([...given.logGroupArns]), given.secrets]).apply(
        ([repository, logGroups, secrets]) =>
          executionStatements({ repository, logGroups, secrets: [...new Set(secrets.map(arnIn))].toSorted() }),
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
