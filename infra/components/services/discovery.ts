import { privateDomain, type Environment, type ProcessName } from '@continuum/environments'
import { servicediscovery } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { eachProcess } from './each-process.ts'

/**
 * Registers private names for the processes: services call each other within the network rather than over the load balancer, which
 * would need a route to the internet, and the health ports of all tasks are found. Plain DNS (Cloud Map) rather than Service Connect:
 * that adds a proxy of 256 CPU units and its memory to each task, as much as most of ours have, to spare callers the ten seconds for
 * which a name may still resolve to a task that has stopped. Our callers retry anyway.
 *
 * A name is only given the addresses of healthy tasks: ECS reports the health of their containers. Cloud Map sets that when a name is
 * made, so a change of it makes the name anew, which is gone for some seconds.
 *
 * @returns the ARN of each process's registry
 */
export function registerNames(
  name: string,
  environment: Environment,
  vpcId: Input<string>,
  child: CustomResourceOptions,
): Record<ProcessName, Output<string>> {
  const namespace = new servicediscovery.PrivateDnsNamespace(
    `${name}-names`,
    {
      name: privateDomain(environment),
      vpc: vpcId,
      description: `Private names of the services of ${environment.name}`,
    },
    child,
  )
  const register = (process: ProcessName) =>
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
  return eachProcess(register)
}
