import {
  appNames,
  awsNamesOf,
  ecrRepositoryOf,
  partsOf,
  type Environment,
  type StackSettings,
} from '@continuum/environments'
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
  settings: StackSettings,
  child: CustomResourceOptions,
): Repository {
  const { repository: address } = settings
  if (address !== undefined) return { address: output(address), arn: output(repositoryArn(address)) }
  const { repositoryUrl, arn } = makeRepository(name, environment, settings, child)
  return { address: repositoryUrl, arn }
}

/** Creates the environment's own repository. Tags are immutable, so a deployment can be repeated or rolled back. */
function makeRepository(
  name: string,
  environment: Environment,
  settings: StackSettings,
  child: CustomResourceOptions,
): ecr.Repository {
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
  new ecr.LifecyclePolicy(
    `${name}-images-kept`,
    { repository: repository.name, policy: JSON.stringify({ rules: lifecycleRules(settings) }) },
    // Another text makes another policy: deleting the old one after that would leave the repository without any.
    { ...child, deleteBeforeReplace: true },
  )
  return repository
}

/**
 * The rules by which ECR deletes images. It applies the first rule that an image matches, so the rules with the lowest numbers, which
 * each match the one image with a tag and never find more than that one, keep what runs and what ran before from those behind them.
 */
export function lifecycleRules({ tags, before }: Pick<StackSettings, 'tags' | 'before'>): object[] {
  const uses = appNames.flatMap((app) => [
    { image: tags[app], app, when: 'runs' },
    { image: before[app], app, when: 'before' },
  ])
  const byTag = Map.groupBy(uses, ({ image }) => (image === undefined ? undefined : partsOf(image).tag))
  const kept = [...byTag].flatMap(([tag, its]) => (tag === undefined ? [] : [{ tag, its }]))
  const selections: [description: string, selection: object][] = [
    ...kept
      .toSorted((one, other) => (one.tag < other.tag ? -1 : 1))
      .map(({ tag, its }): [string, object] => [
        [...Map.groupBy(its, ({ when }) => when)]
          .map(([when, all]) => `${when}: ${all.map(({ app }) => app).join(', ')}`)
          .join('; '),
        { tagStatus: 'tagged', tagPatternList: [tag], countType: 'imageCountMoreThan', countNumber: 1 },
      ]),
    [
      `without a tag: ${untaggedDays} days`,
      { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: untaggedDays },
    ],
    [`the newest ${imagesKept}`, { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: imagesKept }],
  ]
  return selections.map(([description, selection], index) => ({
    rulePriority: index + 1,
    description,
    selection,
    action: { type: 'expire' },
  }))
}

/**
 * The ARN of the repository at an address in ECR; undefined for an address elsewhere.
 *
 * @example repositoryArn('123456789012.dkr.ecr.eu-west-1.amazonaws.com/press/continuum')
 */
export function repositoryArn(address: string): string | undefined {
  const { account, region, name } = ecrRepositoryOf(address) ?? {}
  return name === undefined ? undefined : `arn:aws:ecr:${region}:${account}:repository/${name}`
}
