import type { Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'

/** A count of the load balancer's responses. */
export const responses = (loadBalancer: Input<string>, name: string): Metric => ({
  namespace: 'AWS/ApplicationELB',
  name,
  dimensions: { LoadBalancer: loadBalancer },
  statistic: 'Sum',
})

/**
 * The alarms of the load balancer.
 *
 * @param loadBalancer the last part of its ARN, as CloudWatch knows it: `app/ct/0123456789abcdef`
 */
export function loadBalancerAlarms(loadBalancer: Input<string>): Alarm[] {
  return [
    {
      key: 'server-errors',
      watched: {
        math: 'FILL(service, 0) + FILL(balancer, 0)',
        of: {
          service: responses(loadBalancer, 'HTTPCode_Target_5XX_Count'), // answered by a service
          balancer: responses(loadBalancer, 'HTTPCode_ELB_5XX_Count'), // answered by the load balancer, without a healthy target
        },
      },
      is: 'above',
      threshold: 5,
      minutes: 10,
      periodMinutes: 5,
      missingData: 'notBreaching',
      description: `For ten minutes the dashboard, the journal or lax has answered with more than one server error (5xx) a minute.

First: check the CloudWatch dashboard for their origin. Load balancer (ELB): a service has no healthy task; look at its events in ECS. Service (Target): its log has each error at level 50; usually the database is unavailable (see its alarms). If a deployment has just begun, roll it back: deploy the previous tag.`,
    },
  ]
}
