import { DescribeImagesCommand, ECRClient, ECRServiceException, ImageNotFoundException } from '@aws-sdk/client-ecr'
import { ecrRepositoryOf, partsOf } from '@continuum/environments'

/** Thrown when an image is not where it should be, or cannot be put there. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
}

/** A repository of images in ECR. */
export interface ImageRepository {
  readonly address: string
  readonly client: ECRClient
  /** Its name and account, as ECR's operations take them. */
  readonly at: { readonly repositoryName: string; readonly registryId: string }
}

/** True for the address of a repository in ECR. */
export const isInEcr = (address: string): boolean => ecrRepositoryOf(address) !== undefined

/**
 * Opens the repository at an address.
 *
 * @throws RegistryError for an address outside of ECR
 */
export function openRepository(address: string): ImageRepository {
  const parts = ecrRepositoryOf(address)
  if (!parts)
    throw new RegistryError(`${address} is not in ECR: its images can only be deployed by \`pulumi config set tag\``)
  const { account, region, name } = parts
  return { address, client: new ECRClient({ region }), at: { repositoryName: name, registryId: account } }
}

/** An image by a tag of its repository and its digest. */
export interface PinnedImage {
  readonly tag: string
  readonly digest: string
}

/** The name of an image that never changes its meaning, as the stack's configuration has it: `TAG@sha256:...`. */
export const nameOf = ({ tag, digest }: PinnedImage): string => `${tag}@${digest}`

/**
 * Finds the image that a name means: `TAG`, `sha256:...` or `TAG@sha256:...`.
 *
 * @returns undefined if the repository does not have it
 * @throws RegistryError for an image without a tag, which the repository would soon delete
 */
export async function findImage(
  { client, at, address }: ImageRepository,
  name: string,
): Promise<PinnedImage | undefined> {
  const { tag, digest } = partsOf(name)
  try {
    const { imageDetails = [] } = await client.send(
      new DescribeImagesCommand({
        ...at,
        imageIds: [digest === undefined ? { imageTag: tag } : { imageDigest: digest }],
      }),
    )
    const [found] = imageDetails
    if (found?.imageDigest === undefined) return undefined
    const own = tag ?? found.imageTags?.toSorted()[0]
    if (own === undefined)
      throw new RegistryError(`${address}@${found.imageDigest} has no tag, so its repository would soon delete it`)
    return found.imageTags?.includes(own) ? { tag: own, digest: found.imageDigest } : undefined
  } catch (error) {
    if (error instanceof ImageNotFoundException) return undefined
    if (error instanceof ECRServiceException)
      throw new RegistryError(`${address} cannot be read: ${error.name}: ${error.message}`, { cause: error })
    throw error
  }
}

/**
 * Finds an image that must be there.
 *
 * @throws RegistryError if it is not
 */
export async function imageNamed(repository: ImageRepository, name: string): Promise<PinnedImage> {
  const image = await findImage(repository, name)
  if (image !== undefined) return image
  throw new RegistryError(`The repository ${repository.address} has no image ${name}: push it first`)
}
