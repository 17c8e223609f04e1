import { output, runtime, type Input, type Unwrap } from '@pulumi/pulumi'
import { MockMonitor, type MockResourceArgs } from '@pulumi/pulumi/runtime/mocks.js'
import { setMockOptions } from '@pulumi/pulumi/runtime/settings.js'

/** A resource that a program registers. */
export interface Planned {
  type: string
  name: string
  /** The name of its parent; undefined at the top. */
  parent: string | undefined
  /** The name of the provider that makes it; empty if none is named. */
  provider: string
  inputs: Record<string, unknown>
  protect: boolean
  retainOnDelete: boolean
  ignoreChanges: string[]
  /** The names of the resources that it depends on. */
  dependsOn: string[]
}

/** The part of the engine's protocol that describes a resource beside its inputs. */
interface Registration {
  getType(): string
  getName(): string
  getParent(): string
  getProvider(): string
  getProtect(): boolean | undefined
  getRetainondelete(): boolean | undefined
  getIgnorechangesList(): string[]
  getDependenciesList(): string[]
}

/** Pulumi's own mock of the engine, which also records the options of each resource. */
class RecordingMonitor extends MockMonitor {
  readonly noted: Planned[] = []

  override async registerResource(asked: Registration, answer: Parameters<MockMonitor['registerResource']>[1]) {
    const noted: Planned = {
      type: asked.getType(),
      name: asked.getName(),
      parent: asked.getParent().split('::').at(-1) || undefined,
      // A reference is a URN and an id behind it.
      provider: asked.getProvider().split('::').at(-2) ?? '',
      inputs: {},
      protect: asked.getProtect() ?? false,
      retainOnDelete: asked.getRetainondelete() ?? false,
      ignoreChanges: asked.getIgnorechangesList(),
      dependsOn: asked.getDependenciesList().flatMap((urn) => urn.split('::').slice(-1)),
    }
    this.noted.push(noted)
    await super.registerResource(asked, answer)
    noted.inputs = inputsOf.get(keyOf(noted.type, noted.name)) ?? {}
  }
}

const account = '123456789012'
const region = 'us-east-1'
const keyOf = (type: string, name: string) => `${type} ${name}`
const inputsOf = new Map<string, Record<string, unknown>>()

/** The outputs of an RDS instance or cluster. */
function madeByRds(identifier: string) {
  const host = `${identifier}.rds.test`
  const secretArn = `arn:aws:secretsmanager:${region}:${account}:secret:rds!${identifier}`
  return { address: host, endpoint: host, port: 5432, masterUserSecrets: [{ secretArn }] }
}

function madeByCloudFront(name: string) {
  const arn = `arn:aws:cloudfront::${account}:distribution/${name}`
  return { arn, domainName: `${name}.cloudfront.test`, hostedZoneId: 'Z2FDTNDATAQYW2' }
}

/** The validation records of a certificate. */
function proofsOf(hosts: string[]) {
  return hosts.map((domainName) => ({
    domainName,
    resourceRecordName: `_proof.${domainName}.`,
    resourceRecordType: 'CNAME',
    resourceRecordValue: '_proof.acm-validations.aws.',
  }))
}

/** The outputs of a resource, as far as our components read them. */
function madeOf({ type, name, inputs }: MockResourceArgs): Record<string, unknown> {
  const own: string = inputs.bucket ?? inputs.name ?? inputs.identifier ?? inputs.clusterIdentifier ?? name
  if (/^aws:rds\/(instance|cluster):/.test(type)) return madeByRds(own)
  if (type === 'aws:cloudfront/distribution:Distribution') return madeByCloudFront(name)
  const service = type.split(/[:/]/)[1] ?? ''
  if (service === 's3') return { arn: `arn:aws:s3:::${own}`, bucketRegionalDomainName: `${own}.s3.amazonaws.com` }
  if (type === 'aws:acm/certificate:Certificate') {
    const hosts: string[] = [inputs.domainName, ...(inputs.subjectAlternativeNames ?? [])]
    return { arn: `arn:aws:acm:${region}:${account}:certificate/${name}`, domainValidationOptions: proofsOf(hosts) }
  }
  if (type === 'aws:lb/loadBalancer:LoadBalancer') {
    return { arn: `arn:lb/${name}`, arnSuffix: `app/${own}/1`, dnsName: `${own}.elb.test`, zoneId: 'ZELB' }
  }
  if (type === 'aws:ecr/repository:Repository') {
    const repositoryUrl = `${account}.dkr.ecr.${region}.amazonaws.com/${own}`
    return { repositoryUrl, arn: `arn:aws:ecr:${region}:${account}:repository/${own}` }
  }
  // The ARN of a version is that of its secret, whatever its stage; the mock's ids are names with -id behind them.
  if (type === 'aws:secretsmanager/secretVersion:SecretVersion')
    return { arn: `arn:aws:secretsmanager:${region}:${account}:secret:${String(inputs.secretId).replace(/-id$/, '')}` }
  if (type.endsWith(':VpcEndpoint')) return { prefixListId: 'pl-s3' }
  const arn = `arn:aws:${service}:${region}:${account}:${own}`
  return service === 'sqs' ? { arn, url: `https://sqs.${region}.amazonaws.com/${account}/${own}` } : { arn }
}

/** The results of functions. */
const answers: Record<string, Record<string, unknown>> = {
  'aws:index/getAvailabilityZones:getAvailabilityZones': { names: ['a', 'b', 'c'].map((zone) => `${region}${zone}`) },
  'aws:route53/getZone:getZone': { zoneId: 'Z1', id: 'Z1' },
  'aws:ec2/getManagedPrefixList:getManagedPrefixList': { id: 'pl-cloudfront' },
  'aws:index/getCallerIdentity:getCallerIdentity': { accountId: account },
}

/**
 * Runs a piece of the program under Pulumi's mocks.
 *
 * @param make creates components or resources
 */
export async function plan<T>(make: () => T): Promise<{ made: T; resources: Planned[] }> {
  inputsOf.clear()
  const { stackTraceLimit } = Error
  // Pulumi takes a stack trace of each resource, half the time of a plan; nobody sees it here.
  Error.stackTraceLimit = 0
  const mocks: runtime.Mocks = {
    call: ({ token, inputs }) => ({ ...inputs, ...answers[token] }),
    newResource(args) {
      inputsOf.set(keyOf(args.type, args.name), args.inputs)
      return { id: `${args.name}-id`, state: { name: args.name, ...madeOf(args), ...args.inputs } }
    },
  }
  await runtime.setMocks(mocks, 'continuum', 'test')
  const monitor = new RecordingMonitor(mocks)
  setMockOptions(monitor, 'continuum', 'test', false)
  try {
    const made = make()
    await runtime.disconnect() // once all is registered
    return { made, resources: monitor.noted }
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** Resolves an output. */
export function valueOf<T>(of: Input<T>): Promise<Unwrap<T>> {
  return new Promise((resolve) => output(of).apply(resolve))
}
