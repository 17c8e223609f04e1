/**
 * The prices of AWS: US dollars on demand in us-east-1, without taxes, discounts and free allowances. The one file to change when AWS
 * changes them, with its date.
 */

/** The month in which these prices were looked up. */
export const asOf = '2026-06'

/** The region whose prices these are; most others are up to a fifth dearer. */
export const region = 'us-east-1'

/** A month has 730 hours, as in AWS's own calculator. */
export const hours = 730

/** A price. */
export interface Price {
  readonly dollars: number
  /** The thing of which one costs that. */
  readonly per: string
  /** The public page of AWS that has it. */
  readonly page: string
  /** The reason for which it may be otherwise; absent: it is on the page as it stands here. */
  readonly about?: string
}

const price = (dollars: number, per: string, page: string, about?: string): Price => ({
  dollars,
  per,
  page,
  ...(about !== undefined && { about }),
})

const fargate = 'AWS Fargate pricing'
const vpc = 'Amazon VPC pricing'
const balancing = 'Elastic Load Balancing pricing'
const rds = 'Amazon RDS for PostgreSQL pricing'
const aurora = 'Amazon Aurora pricing'
const cloudWatch = 'Amazon CloudWatch pricing'
const s3 = 'Amazon S3 pricing'
const swf = 'Amazon SWF pricing'
const route53 = 'Amazon Route 53 pricing'

export const prices = {
  vcpu: { x86_64: price(0.040_48, 'vCPU-hour', fargate), arm64: price(0.032_38, 'vCPU-hour', fargate) },
  memory: { x86_64: price(0.004_445, 'GB-hour', fargate), arm64: price(0.003_56, 'GB-hour', fargate) },
  address: price(0.005, 'address and hour', vpc),
  natGateway: price(0.045, 'gateway and hour', vpc),
  natGigabyte: price(0.045, 'GB', vpc),
  endpoint: price(0.01, 'endpoint, zone and hour', 'AWS PrivateLink pricing'),
  endpointGigabyte: price(0.01, 'GB', 'AWS PrivateLink pricing'),
  balancer: price(0.0225, 'hour', balancing),
  balancerUnit: price(0.008, 'LCU-hour', balancing),
  outward: price(0.09, 'GB', 'Amazon EC2 pricing, data transfer'),
  betweenRegions: price(0.02, 'GB', 'Amazon EC2 pricing, data transfer'),
  databaseGigabyte: price(0.115, 'GB and month', rds),
  acu: price(0.12, 'ACU-hour', aurora),
  auroraGigabyte: price(0.1, 'GB and month', aurora),
  secret: price(0.4, 'secret and month', 'AWS Secrets Manager pricing'),
  key: price(1, 'key and month', 'AWS KMS pricing'),
  alarm: price(0.1, 'metric and month', cloudWatch),
  compositeAlarm: price(0.5, 'alarm and month', cloudWatch),
  dashboard: price(3, 'dashboard and month', cloudWatch),
  metric: price(0.3, 'metric and month', cloudWatch, 'how many metrics Container Insights makes of a service varies'),
  logs: price(0.5, 'GB', cloudWatch),
  logsKept: price(0.03, 'GB and month', cloudWatch),
  zone: price(0.5, 'zone and month', route53),
  registered: price(0.1, 'instance and month', 'AWS Cloud Map pricing'),
  stored: price(0.023, 'GB and month', s3),
  put: price(0.005, '1,000 requests', s3),
  get: price(0.0004, '1,000 requests', s3),
  image: price(0.1, 'GB and month', 'Amazon ECR pricing'),
  toReaders: price(0.085, 'GB', 'Amazon CloudFront pricing', 'dearer in Asia, Africa, South America and Australia'),
  toReadersRequests: price(0.01, '10,000 requests', 'Amazon CloudFront pricing'),
  messages: price(0.4, 'million requests', 'Amazon SQS pricing'),
  execution: price(0.0001, 'execution', swf),
  workflowTask: price(0.000_025, 'task, timer or signal', swf),
  executionKept: price(0.000_005, 'execution and day', swf),
  webAcl: price(5, 'web ACL and month', 'AWS WAF pricing'),
  webAclRule: price(1, 'rule and month', 'AWS WAF pricing'),
  webAclRequests: price(0.6, 'million requests', 'AWS WAF pricing'),
  flowLogs: price(0.25, 'GB', cloudWatch),
} as const

/** The share of the price that spot capacity costs; it changes with what AWS has to spare. */
export const spotShare = 0.3

/** RDS for PostgreSQL in one zone; a second zone costs the same again. A class that is not here is told as not priced. */
export const instances: ReadonlyMap<string, Price> = new Map(
  Object.entries({
    'db.t4g.micro': 0.016,
    'db.t4g.small': 0.032,
    'db.t4g.medium': 0.065,
    'db.m7g.large': 0.168,
  }).map(([of, dollars]) => [of, price(dollars, 'instance and hour', rds)]),
)
