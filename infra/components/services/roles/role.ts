import { iam } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'
import { assumePolicy } from './execution.ts'
import type { Statement } from './permissions.ts'

/**
 * A role for tasks, and all that it may do.
 *
 * @param args.called its name in AWS
 * @param args.statements where there are none it has no policy, for AWS takes no empty one
 */
export function makeRole(
  name: string,
  args: { called: string; description: string; account: Output<string>; statements: Output<Statement[]> },
  child: CustomResourceOptions,
): { arn: Output<string>; policy: iam.RolePolicy } {
  const { called, description, account, statements } = args
  const role = new iam.Role(name, { name: called, description, assumeRolePolicy: account.apply(assumePolicy) }, child)
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
