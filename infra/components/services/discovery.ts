import { privateDomain, type Environment, type ProcessName } from '@continuum/environments'
import { servicediscovery } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { publicProcesses } from '../load-balancer/ports.ts'

/** The services that others call: those behind the load balancer, and the usage counter, which the API's front reaches for them. */
const registered = [...publicProcesses, 'metrics'] as const
export type RegisteredProcess = (typeof registered)[number]

/** Tells if a process has a private name. */
export function isRegistered(process: ProcessName): process is RegisteredProcess {
  return registered.some((each) => each === process)
}

/**
 * Registers private names for the services, so that they call each other within the network rather than over the load balancer, which
 * would need a route to the internet. Plain DNS (Cloud Map) rather than Service Connect: that adds a proxy of 256 CPU units and its
 * memory to each task, as much as most of ours have, to spare callers the ten seconds for which a name may still resolve to a task
 * that has stopped. Our callers retry anyway.
 *
 * @returns the ARN of each service's registry
 */
export function registerNames(
  name: string,
  environment: Environment,
  vpcId: Input<string>,
  child: CustomResourceOptions,
): Readonly<Record<RegisteredProcess, Output<string>>> {
  const namespace = new servicediscovery.PrivateDnsNamespace(
    `${name}-names`,
    {
      name: privateDomain(environment),
      vpc: vpcId,
      description: `Private names of the services of ${environment.name}`,
    },
    child,
  )
  const register = (process: RegisteredProcess) =>
    new servicediscovery.Service(
      `${name}-${process}-name`,
      {
        name: process,
        dnsConfig: {
          namespaceId: namespace.id,
          routingPolicy: 'MULTIVALUE',
          dnsRecords: [{ type: 'A', ttl: 10 }],
        },
        forceDestroy: true,
      },
      child,
    ).arn
  return {
    'dashboard-web': register('dashboard-web'),
    journal: register('journal'),
    lax: register('lax'),
    api: register('api'),
    metrics: register('metrics'),
  }
}
