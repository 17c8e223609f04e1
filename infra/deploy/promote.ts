import { imageOf, loadEnvironment, partsOf, type AppName } from '@continuum/environments'
import { checkCode } from './code.ts'
import { DeploymentError } from './command.ts'
import { imagesIn, latestWhole, readHistory, type StackUpdate } from './history.ts'
import { copyImage } from './images/copy.ts'
import { imageNamed, nameOf, type PinnedImage } from './images/registry.ts'
import { addressOf, repositoryOf } from './pinned.ts'
import type { PulumiStack } from './pulumi-cli.ts'
import { bringUp } from './roll.ts'
import { addressesThatRun } from './running.ts'
import { imagesThatRun } from './tags.ts'

/** A promotion to make. */
export interface Promotion {
  /** The digest of an image that ran there; absent: the images that run there now. */
  readonly digest: string | undefined
  /** The commit of this checkout. */
  readonly checkout: string
  /** True to say what would be done, and do nothing. */
  readonly preview: boolean
}

/**
 * Gives an environment the images that another runs, the very same by their digests: each app gets what it ran there. They are copied
 * into its own repository, never built again, and the whole stack is brought up from the code that ran there.
 *
 * @param say tells what will be done
 * @returns the exit code of Pulumi
 * @throws DeploymentError for images that did not run there, or other code; RegistryError for images that are gone
 */
export async function promote(
  from: PulumiStack,
  to: PulumiStack,
  { digest, checkout, preview }: Promotion,
  say: (line: string) => void,
): Promise<number> {
  const source = await repositoryOf(from)
  const { images, commit } = await imagesToPromote(from, digest)
  // Settings and infrastructure are promoted with the images.
  checkCode(from.name, commit, checkout)
  const pinned = new Map<AppName, PinnedImage>()
  for (const [app, image] of images) pinned.set(app, await imageNamed(source, image))
  const running = await imagesThatRun(to)
  for (const [app, image] of pinned) {
    const same = running.get(app) === nameOf(image)
    say(`${app}: ${running.get(app) ?? 'nothing yet'}${same ? ', which is the same' : ` -> ${nameOf(image)}`}`)
  }
  if (preview) return 0
  const target = await repositoryOf(to)
  for (const image of new Map([...pinned.values()].map((each) => [each.digest, each])).values())
    say(`${nameOf(image)}: ${(await copyImage(source, target, image)) ? 'copied to' : 'is in'} ${target.address}`)
  return bringUp(to, new Map([...pinned].map(([app, image]) => [app, nameOf(image)])), false)
}

/**
 * The images that a promotion would take, and the commit with whose code they ran.
 *
 * @throws DeploymentError if they did not run, or nobody knows with which code
 */
export async function imagesToPromote(from: PulumiStack, digest: string | undefined): Promise<Ran> {
  const history = await readHistory(from)
  const { images, commit } = await (digest === undefined ? whatRuns(from, history) : whatRan(from, digest, history))
  if (commit === undefined)
    throw new DeploymentError(
      `Nobody knows with which code ${from.name} ran its images: bring it up from a checkout of git`,
    )
  return { images, commit }
}

interface Ran {
  readonly images: ReadonlyMap<AppName, string>
  /** The commit whose code it was. */
  readonly commit: string
}

type Found = Pick<Ran, 'images'> & { readonly commit: string | undefined }

/** The images that a stack runs: its services have what its configuration says, and became steady with it. */
async function whatRuns(stack: PulumiStack, history: readonly StackUpdate[]): Promise<Found> {
  const address = await addressOf(stack)
  const addresses = addressesThatRun(await loadEnvironment(stack.name), await stack.ask('stack', 'export'))
  const images = new Map<AppName, string>()
  for (const [app, image] of await imagesThatRun(stack)) {
    const runs = addresses.get(app)
    if (image === undefined || runs === undefined)
      throw new DeploymentError(`${stack.name} does not run ${app} yet, so there is nothing to promote`)
    if (runs !== imageOf(address, image))
      throw new DeploymentError(
        `${stack.name} runs ${runs} of ${app}, but its configuration says ${image}: its last deployment failed, or is to come. Bring it up first`,
      )
    images.set(app, image)
  }
  return { images, commit: latestWhole(history)?.commit }
}

/** The images of the latest successful deployment with a digest. */
function whatRan({ name }: PulumiStack, digest: string, history: readonly StackUpdate[]): Found {
  const has = (update: StackUpdate) => [...imagesIn(update).values()].some((image) => partsOf(image).digest === digest)
  const deployed = history.filter((update) => update.whole && has(update))
  const ran = deployed.find(({ result }) => result === 'succeeded')
  if (ran !== undefined) return { images: imagesIn(ran), commit: ran.commit }
  const [failed] = deployed
  if (failed !== undefined)
    throw new DeploymentError(`${digest} was deployed to ${name} at ${failed.startedAt} and failed: it is not promoted`)
  const others = history
    .filter(({ result, whole }) => whole && result === 'succeeded')
    .flatMap((update) => [...imagesIn(update).values()])
  const known = [...new Set(others)].slice(0, 5)
  throw new DeploymentError(
    `${digest} never ran on ${name}: deploy it there first (npm run roll -- --stack ${name} --commit SHA).${known.length > 0 ? ` Last ran: ${known.join(', ')}` : ''}`,
  )
}
