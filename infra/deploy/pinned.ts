import { imageNamed, isInEcr, nameOf, openRepository, type ImageRepository } from './images/registry.ts'
import type { PulumiStack } from './pulumi-cli.ts'

type Asked = Pick<PulumiStack, 'ask'>

/** The repository of a stack's images, by its outputs. @throws RegistryError for one outside of ECR */
export async function repositoryOf(stack: Asked): Promise<ImageRepository> {
  return openRepository(await addressOf(stack))
}

/** The address of that repository. */
export const addressOf = async ({ ask }: Asked): Promise<string> => (await ask('stack', 'output', 'repository')).trim()

/**
 * The name of an image with its digest, as the stack's configuration keeps it: `TAG@sha256:...`. An image outside of ECR keeps its tag.
 *
 * @throws RegistryError if the stack's repository does not have the image
 */
export async function pinned(stack: Asked, image: string): Promise<string> {
  const address = await addressOf(stack)
  return isInEcr(address) ? nameOf(await imageNamed(openRepository(address), image)) : image
}
