import type { Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'

/** The load balancer's answers of one kind. */
export const answers = (loadBalancer: Input<string>, name: string): Metric => ({
  namespace: 'AWS/ApplicationELB',
  name,
  dimensions: { LoadBalancer: loadBalancer },
  statistic: 'Sum',
})

/**
 * What is told of the load balancer.
 *
 * @param loadBalancer the end of its ARN, as CloudWatch knows it: `app/ct/0123456789abcdef`
 */
export function entranceAlarms(loadBalancer: Input<string>): Alarm[] {
  return [
    {
      key: 'server-errors',
      watched: {
        math: 'FILL(service, 0) + FILL(balancer, 0)',
        of: {
          service: answers(loadBalancer, 'HTTPCode_Target_5XX_Count'), // what a service answered
          balancer: answers(loadBalancer, 'HTTPCode_ELB_5XX_Count'), // what the balancer did, having no service to ask
        },
      },
      is: 'above',
      threshold: 5,
      minutes: 10,
      periodMinutes: 5,
      silence: 'well',
      description: `For ten minutes readers, editors or the bot got more than one error (5xx) a minute from the dashboard, the journal or lax.

First: see in the CloudWatch dashboard which kind it is. From the balancer (ELB): a service has no healthy task; see its events in ECS. From a service (Target): its log has each error with level 50; most often the database does not answer (see its alarms). If a deployment began just before, roll it back: deploy the tag that ran until then.`,
    },
  ]
}
