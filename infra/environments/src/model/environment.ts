import { JournalSettings } from '@continuum/article'
import { bucketRoles } from '@continuum/aws-resources'
import {
  CitationSourceSetting,
  MailSettings,
  OpenIdSettings,
  PublicationRules,
  RecipientSettings,
  SiteContent,
  StaffSettings,
} from '@continuum/settings'
import { Type, type Static } from 'typebox'
import { ArchiveCopy, Database } from './data.ts'
import { Cdn, Waf } from './edge.ts'

/** The processes of an environment. In AWS each is an ECS service of its own, from one image, unless its shape is `small`. */
export const processNames = [
  'decider',
  'worker',
  'queue-worker',
  'workflow-starter',
  'dashboard-web',
  'dashboard-consumer',
  'lax',
  'lax-adaptor',
  'journal',
  'metrics',
  'api',
  'deposits',
] as const
export type ProcessName = (typeof processNames)[number]

/** The parts of a processor and of memory that Fargate offers together. */
const TaskSize = {
  cpu: Type.Integer({ minimum: 256, maximum: 16_384, description: 'CPU units: 1024 is one processor' }),
  memory: Type.Integer({ minimum: 512, maximum: 122_880, description: 'MB' }),
}

const ProcessSize = Type.Object({
  count: Type.Integer({ minimum: 0, maximum: 100, description: 'number of tasks; the minimum where `most` is given' }),
  most: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: 'maximum number of tasks when much is pending; absent: `count`',
    }),
  ),
  ...TaskSize,
})
export type ProcessSize = Static<typeof ProcessSize>

const Host = Type.String({ pattern: '^([a-z0-9-]+\\.)+[a-z]{2,}$', description: 'a host name' })

/**
 * The schema of an environment, which is `defaults.ts` overlaid by `<name>.ts`. Optional parts exist only if its file names them.
 */
export const Environment = Type.Object({
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$', description: "the environment's and its stack's name" }),
  region: Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$', description: 'the AWS region' }),
  account: Type.Optional(Type.String({ pattern: '^[0-9]{12}$', description: 'the AWS account; any other is refused' })),
  prefix: Type.String({
    pattern: '^([a-z0-9]+-)*$',
    description: 'the beginning of the names of its resources; empty in production',
  }),
  organisation: Type.String({
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    description: 'the word in the names of its buckets',
  }),
  bucketSuffix: Type.String({
    pattern: '^([a-z0-9]+(-[a-z0-9]+)*)?$',
    description: 'the end of the names of its buckets, which no other account may have; by default `account`, if given',
  }),
  adoptedBuckets: Type.Array(Type.Enum(bucketRoles), {
    description: 'existing buckets that it takes over, with their content, and never deletes',
  }),
  /** Its file lists the names of files in `journals/`. The first is the default: ids of its articles are bare numbers. */
  journals: Type.Array(JournalSettings, { minItems: 1, description: 'the journals that it publishes' }),
  /** From the folders `journals/<name>/`: no file of an environment says it. */
  siteContent: Type.Array(SiteContent, { description: 'how its journals look on the site, and their own pages' }),
  siteName: Type.String({ minLength: 1, description: 'the name of the journal site' }),
  /** Host names are `<name>--<service>.<domain>` unless given. Absent: the load balancer's own name, without TLS. */
  domain: Type.Optional(
    Type.Object({
      name: Type.String({
        pattern: '^([a-z0-9-]+\\.)+[a-z]{2,}$',
        description: 'a domain with a hosted zone in Route 53',
      }),
      hosts: Type.Optional(
        Type.Object({
          dashboard: Type.Optional(Host),
          journal: Type.Optional(Host),
          lax: Type.Optional(Host),
          api: Type.Optional(Host),
          cdn: Type.Optional(Host),
        }),
      ),
    }),
  ),
  reachableFrom: Type.Optional(
    Type.Array(
      Type.String({
        pattern: '^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$',
        description: 'a CIDR block such as 203.0.113.7/32',
      }),
      {
        minItems: 1,
        description:
          'the addresses that may reach the load balancer; absent: all of them with a domain, none without TLS',
      },
    ),
  ),
  promotedFrom: Type.Optional(
    Type.String({
      pattern: '^[a-z][a-z0-9-]{0,30}$',
      description: 'the environment whose images it takes, once they have run there; absent: it takes any image',
    }),
  ),
  internet: Type.Boolean({
    description: 'true if its processes need internet access: for an image outside ECR, another site or recipients',
  }),
  publication: Type.Object({
    rules: Type.Object(PublicationRules.properties),
    byDelivery: Type.Boolean({ description: 'true if a package may request its own immediate publication' }),
  }),
  /** The way out after publication. Recipients are in files of `recipients/`. */
  deposits: Type.Object({
    live: Type.Boolean({
      description: "true if real recipients are reached; false: only stand-ins and recipients' own test systems",
    }),
    recipients: Type.Array(RecipientSettings, { description: 'who gets what is published' }),
    staff: Type.Optional(StaffSettings),
  }),
  /** The OpenID Connect provider at which people sign in to the dashboard. Absent: by one-time links alone. */
  signIn: Type.Optional(OpenIdSettings),
  /** The mail server of the dashboard. Absent: it sends no mail, and people pass links on themselves. */
  mail: Type.Optional(MailSettings),
  shape: Type.Union([Type.Literal('separate'), Type.Literal('small')], {
    description:
      'separate: each process in tasks of its own, in a closed network; small: all in one task, for little money',
  }),
  architecture: Type.Union([Type.Literal('x86_64'), Type.Literal('arm64')], {
    description: 'the processors of its tasks, for which its image is built; arm64 costs a fifth less',
  }),
  /** The one task of the shape `small`, which has no `processes`. */
  task: Type.Optional(Type.Object(TaskSize)),
  processes: Type.Object({
    decider: ProcessSize,
    worker: ProcessSize,
    'queue-worker': ProcessSize,
    'workflow-starter': ProcessSize,
    'dashboard-web': ProcessSize,
    'dashboard-consumer': ProcessSize,
    lax: ProcessSize,
    'lax-adaptor': ProcessSize,
    journal: ProcessSize,
    metrics: ProcessSize,
    api: ProcessSize,
    deposits: ProcessSize,
  }),
  /** The services that are asked for citations: they are on the internet. */
  citationSources: Type.Array(CitationSourceSetting),
  workerConcurrency: Type.Integer({ minimum: 1, maximum: 200, description: 'concurrent activities in one worker' }),
  eventConsumers: Type.Integer({
    minimum: 1,
    maximum: 50,
    description: 'receives of up to ten messages at once in one dashboard consumer',
  }),
  stopSeconds: Type.Integer({
    minimum: 1,
    maximum: 120,
    description: 'seconds that a process has to finish when it is stopped; ECS kills it after 120',
  }),
  heartbeat: Type.Optional(
    Type.Unsafe<`${number}${'s' | 'm' | 'h'}`>(
      Type.String({
        pattern: '^[1-9]\\d{0,5}[smh]$',
        description: 'heartbeat timeout of activities, such as 10s; absent: one minute',
      }),
    ),
  ),
  logLevel: Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')]),
  /** Absent: none is created, and the environment has one of its own (`local`: an embedded PostgreSQL). */
  database: Type.Optional(Database),
  /** A copy of the archive bucket in another region or account, which outlives this one. Absent: there is none. */
  archiveCopy: Type.Optional(ArchiveCopy),
  /** CloudFront in front of the CDN bucket. Absent: readers load from the bucket itself. */
  cdn: Type.Optional(Cdn),
  usageSource: Type.Union([Type.Literal('journal'), Type.Literal('cdn-logs')], {
    description: "who counts the requests of the journal's site: the site itself, or CloudFront's logs of it",
  }),
  /** The rules of AWS WAF before the services: about 8 dollars a month, 15 with CloudFront before the journal, and 0.60 per million requests. */
  waf: Type.Optional(Waf),
  flowLogs: Type.Boolean({ description: 'true if the connections of its network are logged, at 0.25 dollars per GB' }),
  alarms: Type.Optional(
    Type.Object({
      email: Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }), {
        minItems: 1,
        description: 'recipients of alarms',
      }),
      oldestMessageMinutes: Type.Integer({ minimum: 1, description: 'maximum age of a message in a queue' }),
      stalledPollerMinutes: Type.Integer({
        minimum: 1,
        maximum: 180,
        description: 'minutes that tasks may wait while none is completed; CloudWatch looks back three hours at most',
      }),
      databaseFreeGigabytes: Type.Integer({ minimum: 1 }),
      slowSeconds: Type.Number({
        exclusiveMinimum: 0,
        description: 'seconds that 95 of 100 requests may take until their answer begins',
      }),
      monthlyDollars: Type.Integer({ minimum: 1, description: 'the monthly budget of its resources (US dollars)' }),
    }),
  ),
  retention: Type.Object({
    logDays: Type.Integer({ minimum: 1, description: 'one of the numbers that CloudWatch allows' }),
    executionDays: Type.Integer({
      minimum: 1,
      maximum: 90,
      description: 'days that SWF keeps the history of a closed execution',
    }),
    /** An article that waits longer for its approval must be delivered again. */
    expandedDays: Type.Optional(
      Type.Integer({ minimum: 30, description: "days that a run's files are kept; absent: forever" }),
    ),
  }),
  protected: Type.Boolean({ description: 'true if it refuses to be destroyed, and its data to be replaced' }),
  unique: Type.Boolean({ description: 'true if no other unique environment may publish its journals' }),
})
export type Environment = Static<typeof Environment>
