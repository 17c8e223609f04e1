import { isA, type Policy } from '../model/policy.ts'
import { statementsOf } from '../model/statements.ts'

/** No policy grants all actions, or all actions of a service (`s3:*`), on all resources. */
export const permissions: Policy = {
  name: 'least-privilege',
  description: 'No policy allows all actions (`*`, or `s3:*`) on all resources.',
  alone(resource) {
    // In the policy of a key or a repository `*` is that key or repository.
    if (isA(resource, 'kms/key:Key', 'kms/keyPolicy:KeyPolicy', 'ecr/repositoryPolicy:RepositoryPolicy')) return []
    const managed: unknown = resource.props['managedPolicyArns'] ?? resource.props['policyArn']
    const administrator = JSON.stringify(managed ?? '').includes('AdministratorAccess')
    const wide = statementsOf(resource)
      .filter(({ effect, resources }) => effect === 'Allow' && resources.includes('*'))
      .flatMap(({ actions }) => actions.filter((action) => /^(\*|[\w-]+:\*)$/.test(action)))
    return [
      ...wide.map((action) => `allows ${action} on every resource: name the actions, and the resources they are for`),
      ...(administrator ? ['has AdministratorAccess: name what it does instead'] : []),
    ]
  },
}
