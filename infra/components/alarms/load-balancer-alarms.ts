import type { Input } from '@pulumi/pulumi'
import type { Alarm, Metric } from './alarm.ts'

/** A count of the load balancer's responses. */
export const responses = (loadBalancer: Input<string>, name: string): Metric => ({
  namespace: 'AWS/ApplicationELB',
  name,
  dimensions: { LoadBalancer: loadBalancer },
  statistic: 'Sum',
})

/** Fewer requests in five minutes say nothing of a rate. */
const fewRequests = 50

/**
 * The alarms of the load balancer.
 *
 * @param slowSeconds the time that 95 of 100 requests may take to the first byte of their answer
 * @param loadBalancer the last part of its ARN, as CloudWatch knows it: `app/ct/0123456789abcdef`
 */
export function loadBalancerAlarms(loadBalancer: Input<string>, slowSeconds: number): Alarm[] {
  return [
    {
      key: 'slow-answers',
      watched: { metric: { ...responses(loadBalancer, 'TargetResponseTime'), statistic: 'p95' } },
      is: 'above',
      threshold: slowSeconds,
      minutes: 15,
      periodMinutes: 5,
      missingData: 'notBreaching',
      description: `For 15 minutes one of twenty requests has taken longer than ${slowSeconds} seconds until its answer began. Readers wait; nothing is lost.

First: look at the CloudWatch dashboard for what is busy. The database (see its alarms): most often it. A service at its processor's limit: raise its count or cpu in the environment's file. Neither: its log has the time of each request (responseTime).`,
    },
    {
      key: 'error-rate',
      watched: {
        math: `IF(requests > ${fewRequests}, 100 * (FILL(service, 0) + FILL(balancer, 0)) / requests, 0)`,
        of: {
          service: responses(loadBalancer, 'HTTPCode_Target_5XX_Count'),
          balancer: responses(loadBalancer, 'HTTPCode_ELB_5XX_Count'),
          requests: responses(loadBalancer, 'RequestCount'),
        },
      },
      is: 'above',
      threshold: 5,
      minutes: 5,
      periodMinutes: 5,
      missingData: 'notBreaching',
      description: `Of the requests of the last five minutes more than 5% were answered with a server error (5xx): readers notice it.

First: if a deployment has just begun, roll it back: deploy the previous tag. Otherwise check the CloudWatch dashboard for their origin. Load balancer (ELB): a service has no healthy task; look at its events in ECS. Service (Target): its log has each error at level 50.`,
    },
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
