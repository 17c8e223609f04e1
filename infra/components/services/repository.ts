import { awsNamesOf, type Environment } from '@continuum/environments'
import { ecr } from '@pulumi/aws'
import { output, type CustomResourceOptions, type Output } from '@pulumi/pulumi'

const imagesKept = 50
const untaggedDays = 7

/** The image repository of an environment: its address, and its ARN if it is in ECR. */
export interface Repository {
  readonly address: Output<string>
  readonly arn: Output<string | undefined>
}

/** The repository that the stack's configuration names, or else one of the environment's own. */
export function repositoryOf(
  name: string,
  environment: Environment,
  address: string | undefined,
  child: CustomResourceOptions,
): Repository {
  if (address !== undefined) return { address: output(address), arn: output(repositoryArn(address)) }
  const { repositoryUrl, arn } = makeRepository(name, environment, child)
  return { address: repositoryUrl, arn }
}

/** Creates the environment's own repository. Tags are immutable, so a deployment can be repeated or rolled back. */
function makeRepository(name: string, environment: Environment, child: CustomResourceOptions): ecr.Repository {
  const repository = new ecr.Repository(
    `${name}-images`,
    {
      name: awsNamesOf(environment).cluster,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: 'AES256' }],
      forceDelete: !environment.protected,
    },
    child,
  )
  const keep = (rulePriority: number, description: string, selection: Record<string, unknown>) => ({
    rulePriority,
    description,
    selection,
    action: { type: 'expire' },
  })
  const rules = [
    keep(1, `without a tag: ${untaggedDays} days`, {
      tagStatus: 'untagged',
      countType: 'sinceImagePushed',
      countUnit: 'days',
      countNumber: untaggedDays,
    }),
    keep(2, `the newest ${imagesKept}`, { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: imagesKept }),
  ]
  new ecr.LifecyclePolicy(
    `${name}-images-kept`,
    { repository: repository.name, policy: JSON.stringify({ rules }) },
    child,
  )
  return repository
}

/**
 * The ARN of the repository at an address in ECR; undefined for an address elsewhere.
 *
 * @example repositoryArn('123456789012.dkr.ecr.eu-west-1.amazonaws.com/press/continuum')
 */
export function repositoryArn(address: string): string | undefined {
  const [, account, region, name] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/(.+)$/.exec(address) ?? []
  return name === undefined ? undefined : `arn:aws:ecr:${region}:${account}:repository/${name}`
}
