import { isA, type Policy } from '../model/policy.ts'

/** Only tasks may reach a database. */
export const databases: Policy = {
  name: 'no-public-database',
  description: 'No database can be reached from the internet.',
  alone(resource) {
    const isDatabase = isA(
      resource,
      'rds/instance:Instance',
      'rds/clusterInstance:ClusterInstance',
      'rds/cluster:Cluster',
    )
    return isDatabase && resource.props['publiclyAccessible'] === true
      ? ['can be reached from the internet: set publiclyAccessible to false']
      : []
  },
}
