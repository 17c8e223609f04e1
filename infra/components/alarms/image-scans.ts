import { cloudwatch } from '@pulumi/aws'
import type { CustomResourceOptions, Input } from '@pulumi/pulumi'

/** The events of ECR that tell: a scan of an image of the repository that found something of high severity. */
export const scanPattern = (repository: string) => {
  const some = [{ numeric: ['>', 0] }]
  return {
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Scan'],
    detail: {
      'repository-name': [repository],
      'scan-status': ['COMPLETE'],
      $or: [{ 'finding-severity-counts': { CRITICAL: some } }, { 'finding-severity-counts': { HIGH: some } }],
    },
  }
}

/** The text of the mail about such a scan. */
const template =
  'The scan of the image <digest> (tags <tags>) in the repository <repository> found vulnerabilities of high severity: <critical> critical, <high> high.\n\n' +
  'First: aws ecr describe-image-scan-findings --repository-name <repository> --image-id imageDigest=<digest>. Mended by a newer base image or dependency: build and deploy a new image. Otherwise write down why it does not apply.'

/** Tells the topic when ECR finds a vulnerability of high severity in an image that was pushed. */
export function notifyOfScans(
  name: string,
  args: { own: string; repository: string; topicArn: Input<string> },
  child: CustomResourceOptions,
): void {
  const rule = new cloudwatch.EventRule(
    `${name}-image-scans`,
    {
      name: args.own,
      description: 'Scans of images that found vulnerabilities of high severity',
      eventPattern: JSON.stringify(scanPattern(args.repository)),
    },
    child,
  )
  new cloudwatch.EventTarget(
    `${name}-image-scans`,
    {
      rule: rule.name,
      targetId: 'alarms',
      arn: args.topicArn,
      inputTransformer: {
        inputPaths: {
          digest: '$.detail.image-digest',
          tags: '$.detail.image-tags',
          repository: '$.detail.repository-name',
          critical: '$.detail.finding-severity-counts.CRITICAL',
          high: '$.detail.finding-severity-counts.HIGH',
        },
        inputTemplate: JSON.stringify(template),
      },
    },
    child,
  )
}
