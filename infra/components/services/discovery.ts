import { privateDomain, type Environment } from '@continuum/environments'
import { servicediscovery } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { publicProcesses } from '../load-balancer/ports.ts'

/** The processes that others call: those behind the load balancer, and the usage counter and the deposits, which are not. */
export const namedProcesses = [...publicProcesses, 'metrics', 'deposits'] as const
export type NamedProcess = (typeof namedProcesses)[number]

/**
 * Registers private names for the services, so that they call each other within the network rather than over the load balancer, which
 * would need a route to the internet. Plain DNS (Cloud Map) rather than Service Connect: that adds a proxy of 256 CPU units and its
 * memory to each task, as much as most of ours have, to spare callers the ten seconds for which a name may still resolve to a task
 * that has stopped. Our callers retry anyway.
 *
 * A name is only given the addresses of healthy tasks: ECS reports the health of their containers. Cloud Map sets that when a name is
 * made, so a change of it makes the name anew, which is gone for some seconds.
 *
 * @returns the ARN of each service's registry
 */
export function registerNames(
  name: string,
  environment: Environment,
  vpcId: Input<string>,
  child: CustomResourceOptions,
): Readonly<Record<NamedProcess, Output<string>>> {
  const namespace = new servicediscovery.PrivateDnsNamespace(
    `${name}-names`,
    {
      name: privateDomain(environment),
      vpc: vpcId,
      description: `Private names of the services of ${environment.name}`,
    },
    child,
  )
  const register = (process: NamedProcess) =>
    new servicediscovery.Service(
      `${name}-${process}-name`,
      {
        name: process,
        dnsConfig: {
          namespaceId: namespace.id,
          routingPolicy: 'MULTIVALUE',
          dnsRecords: [{ type: 'A', ttl: 10 }],
        },
        // The one value that AWS has.
        healthCheckCustomConfig: { failureThreshold: 1 },
        forceDestroy: true,
      },
      // No two have the same name in a namespace.
      { ...child, deleteBeforeReplace: true },
    ).arn
  return {
    'dashboard-web': register('dashboard-web'),
    journal: register('journal'),
    lax: register('lax'),
    api: register('api'),
    metrics: register('metrics'),
    deposits: register('deposits'),
  }
}
