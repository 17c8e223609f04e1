import { iam } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'

const github = 'token.actions.githubusercontent.com'
const audience = 'sts.amazonaws.com'

/** The ARNs of the roles of an environment in CI. */
export interface CiRoles {
  /** Of the GitHub environment of the same name: it deploys, and so may do all in the account. */
  readonly deploys: Output<string>
  /** Of the GitHub environment `preview-NAME`, which runs what a branch says: it reads. */
  readonly previews: Output<string>
}

/**
 * Creates the roles that CI takes for the length of a run, by GitHub's OpenID Connect, without a key that could be lost. Each is of one GitHub
 * environment of one repository, so the rules of that environment say who may use it.
 */
export function makeCiRoles(
  { repository, environments }: { repository: string; environments: readonly string[] },
  options: CustomResourceOptions,
): Record<string, CiRoles> {
  const provider = new iam.OpenIdConnectProvider(
    'github',
    { url: `https://${github}`, clientIdLists: [audience] },
    options,
  )
  const roleOf = (name: string, environment: string, policy: string) => {
    const assumeRolePolicy = provider.arn.apply((arn) => JSON.stringify(trustOf(arn, repository, environment)))
    const role = new iam.Role(name, { name: `continuum-${name}`, assumeRolePolicy }, options)
    new iam.RolePolicyAttachment(name, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` }, options)
    return role.arn
  }
  return Object.fromEntries(
    environments.map((name) => [
      name,
      {
        deploys: roleOf(`ci-${name}`, name, 'AdministratorAccess'),
        previews: roleOf(`ci-preview-${name}`, `preview-${name}`, 'ReadOnlyAccess'),
      },
    ]),
  )
}

/** The trust policy of a role: runs of one GitHub environment of one repository may take it, and nobody else. */
function trustOf(provider: string, repository: string, environment: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${github}:aud`]: audience,
            [`${github}:sub`]: `repo:${repository}:environment:${environment}`,
          },
        },
      },
    ],
  }
}
