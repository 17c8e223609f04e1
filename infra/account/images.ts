import { awsNamesOf, type Environment, type StackSettings } from '@continuum/environments'
import { ecr, type Provider } from '@pulumi/aws'

/** Thrown when the stack's configuration names images that nobody has pushed: ECS could not start them. */
export class MissingImageError extends Error {
  override readonly name = 'MissingImageError'
}

/**
 * Lists the tags and digests of the images in a repository of this account.
 *
 * @returns undefined if there is no such repository
 */
export async function imagesIn(repository: string, provider: Provider): Promise<ReadonlySet<string> | undefined> {
  const { names } = await ecr.getRepositories({}, { provider })
  if (!names.includes(repository)) return undefined
  const { imageIds } = await ecr.getImages({ repositoryName: repository }, { provider })
  return new Set(imageIds.flatMap(({ imageTag, imageDigest }) => [imageTag, imageDigest]))
}

/**
 * The stack's configuration, as far as it can run. The configuration outlives the repository: after `pulumi destroy` it still has the
 * tag of an image that is gone, and nothing runs until one is pushed.
 *
 * @param images those of the environment's own repository; undefined: it does not exist yet
 * @throws MissingImageError if the repository exists and an image is not in it
 */
export function settingsThatRun(
  environment: Environment,
  settings: StackSettings,
  images: ReadonlySet<string> | undefined,
): { settings: StackSettings; notices: readonly string[] } {
  if (settings.repository !== undefined) return { settings, notices: [] }
  const tags = [...new Set(Object.values(settings.tags))].filter((tag) => tag !== undefined)
  const { cluster: repository } = awsNamesOf(environment)
  if (images === undefined) {
    if (tags.length === 0) return { settings, notices: [] }
    return {
      settings: { ...settings, tags: noTags },
      notices: [
        `The repository ${repository} does not exist yet, so nothing runs of ${tags.join(', ')}: push the image, then run pulumi up again.`,
      ],
    }
  }
  const missing = tags.filter((tag) => !images.has(tag))
  if (missing.length === 0) return { settings, notices: [] }
  throw new MissingImageError(
    `The repository ${repository} has no image ${missing.join(', ')}: push it, or set another tag (pulumi config set tag TAG -s ${environment.name})`,
  )
}

const noTags: StackSettings['tags'] = {
  bot: undefined,
  dashboard: undefined,
  lax: undefined,
  journal: undefined,
  metrics: undefined,
  api: undefined,
  deposits: undefined,
}
