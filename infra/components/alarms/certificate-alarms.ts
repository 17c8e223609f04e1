import { interpolate, type Input } from '@pulumi/pulumi'
import type { Alarm } from './alarm.ts'

/** AWS renews a certificate 60 days before its end: one that has less than a month was not renewed. */
const days = 30

/** The hosts of each certificate, in words. */
const hosts = {
  certificate: 'the dashboard, the journal, lax and the API',
  'cdn-certificate': 'the published files (CloudFront)',
  'journal-certificate': 'the journal (CloudFront)',
}

/** The alarm of a certificate that is not renewed. */
export function certificateAlarm(key: keyof typeof hosts, arn: Input<string>): Alarm {
  const of = hosts[key]
  return {
    key,
    watched: {
      metric: {
        namespace: 'AWS/CertificateManager',
        name: 'DaysToExpiry',
        dimensions: { CertificateArn: arn },
        statistic: 'Minimum',
      },
    },
    is: 'below',
    threshold: days,
    minutes: 24 * 60,
    periodMinutes: 24 * 60,
    // It is published while the certificate is in use.
    missingData: 'notBreaching',
    description: interpolate`The certificate of ${of} ends in less than ${days} days: AWS has not renewed it. From that day on browsers refuse the addresses.

First: aws acm describe-certificate --certificate-arn ${arn}: the renewal summary says which host is not validated. Its CNAME record must be in the hosted zone (pulumi up --refresh makes it again), and the domain must still be delegated to that zone. AWS then renews it within hours.`,
  }
}
