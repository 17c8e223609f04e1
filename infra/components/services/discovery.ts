import { privateDomain, type Environment } from '@continuum/environments'
import { servicediscovery } from '@pulumi/aws'
import type { CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import type { Entered } from '../load-balancer/ports.ts'

/**
 * Private names for the services: what they say to each other does not go out and in again over the load balancer, and needs no
 * way to the internet. Plain DNS (Cloud Map) rather than Service Connect: that puts a proxy of 256 CPU units and its memory
 * into each task, as much as most of ours have for themselves, to spare callers the ten seconds for which a name may still lead
 * to a task that has ended. Those who call here try again as it is.
 *
 * @returns what each registers its tasks with
 */
export function registerNames(
  name: string,
  environment: Environment,
  vpcId: Input<string>,
  child: CustomResourceOptions,
): Readonly<Record<Entered, Output<string>>> {
  const namespace = new servicediscovery.PrivateDnsNamespace(
    `${name}-names`,
    {
      name: privateDomain(environment),
      vpc: vpcId,
      description: `How services of ${environment.name} find each other`,
    },
    child,
  )
  const register = (process: Entered) =>
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
  return { 'dashboard-web': register('dashboard-web'), journal: register('journal'), lax: register('lax') }
}
