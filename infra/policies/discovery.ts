import { isA, type Policy } from './model/policy.ts'

/** Without a health check Cloud Map gives out the address of a task for as long as it is registered, sick or not. */
export const discovery: Policy = {
  name: 'healthy-names',
  description: 'Every private name of a service leads to healthy tasks only.',
  alone(resource) {
    if (!isA(resource, 'servicediscovery/service:Service')) return []
    const { healthCheckCustomConfig, healthCheckConfig } = resource.props
    return healthCheckCustomConfig === undefined && healthCheckConfig === undefined
      ? ['gives out the addresses of sick tasks too: set healthCheckCustomConfig, which ECS keeps up to date']
      : []
  },
}
