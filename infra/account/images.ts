import { awsNamesOf, eachApp, partsOf, type Environment, type StackSettings } from '@continuum/environments'
import { ecr, type Provider } from '@pulumi/aws'

/** Thrown when the stack's configuration names images that nobody has pushed: ECS could not start them. */
export class MissingImageError extends Error {
  override readonly name = 'MissingImageError'
}

/** An image of a repository under one of its tags; one without a tag has the empty tag. */
export interface TaggedImage {
  readonly tag: string
  readonly digest: string
}

/**
 * Lists the images in a repository of this account, each tag apart.
 *
 * @returns undefined if there is no such repository
 */
export async function imagesIn(repository: string, provider: Provider): Promise<readonly TaggedImage[] | undefined> {
  const { names } = await ecr.getRepositories({}, { provider })
  if (!names.includes(repository)) return undefined
  const { imageIds } = await ecr.getImages({ repositoryName: repository }, { provider })
  return imageIds.map(({ imageTag, imageDigest }) => ({ tag: imageTag, digest: imageDigest }))
}

/**
 * The stack's configuration, as far as it can run. The configuration outlives the repository: after `pulumi destroy` it still has the
 * tag of an image that is gone, and nothing runs until one is pushed. A digest gets its tag, by which the repository keeps the image.
 *
 * @param images those of the environment's own repository; undefined: it does not exist yet
 * @throws MissingImageError if the repository exists and an image is not in it
 */
export function settingsThatRun(
  environment: Environment,
  settings: StackSettings,
  images: readonly TaggedImage[] | undefined,
): { settings: StackSettings; notices: readonly string[] } {
  if (settings.repository !== undefined) return { settings, notices: [] }
  const wanted = [...new Set(Object.values(settings.tags))].filter((tag) => tag !== undefined)
  const { cluster: repository } = awsNamesOf(environment)
  if (images === undefined) {
    if (wanted.length === 0) return { settings, notices: [] }
    return {
      settings: { ...settings, tags: eachApp(() => undefined) },
      notices: [
        `The repository ${repository} does not exist yet, so nothing runs of ${wanted.join(', ')}: push the image, then run pulumi up again.`,
      ],
    }
  }
  const missing = wanted.filter((image) => found(image, images) === undefined)
  if (missing.length > 0)
    throw new MissingImageError(
      `The repository ${repository} has no image ${missing.join(', ')}: push it, or set another tag (pulumi config set tag TAG -s ${environment.name})`,
    )
  const untagged = wanted.filter((image) => found(image, images)?.tag === '')
  if (untagged.length > 0)
    throw new MissingImageError(
      `The image ${untagged.join(', ')} of ${repository} has no tag, so the repository would delete it while it runs: give it one (aws ecr put-image)`,
    )
  const withTag = (image: string | undefined) => {
    const { tag, digest } = image === undefined ? {} : partsOf(image)
    if (image === undefined || digest === undefined || tag !== undefined) return image
    return `${found(image, images)?.tag}@${digest}`
  }
  return { settings: { ...settings, tags: eachApp((app) => withTag(settings.tags[app])) }, notices: [] }
}

/** The image that a name of the configuration means; of several tags the first one, in the order of the alphabet. */
function found(image: string, images: readonly TaggedImage[]): TaggedImage | undefined {
  const { tag, digest } = partsOf(image)
  const matching = images.filter((each) => (tag ?? each.tag) === each.tag && (digest ?? each.digest) === each.digest)
  const tagged = matching.filter((each) => each.tag !== '')
  return tagged.toSorted((one, other) => (one.tag < other.tag ? -1 : 1))[0] ?? matching[0]
}
