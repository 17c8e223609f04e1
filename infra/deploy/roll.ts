import type { AppName } from '@continuum/environments'
import { DeploymentError } from './command.ts'
import { rollApps } from './deploy.ts'
import { backOptions, readHistory, replacedImages, type Replaced, type StackUpdate } from './history.ts'
import { pinned } from './pinned.ts'
import type { PulumiStack } from './pulumi-cli.ts'
import { staleApps, type ChangesSince } from './stale.ts'
import { imagesBefore, imagesThatRun, withImages } from './tags.ts'

type Say = (line: string) => void

/**
 * Brings an environment to a commit: the apps whose running image differs get that of the commit, and `pulumi up` makes what else
 * the code says (settings, infrastructure).
 *
 * @param to.together true if all apps run in one task, of one image: they are rolled together
 * @param to.changesSince tells what differs between a commit and this one
 * @param say tells what will be done
 * @returns the exit code of Pulumi
 */
export async function roll(
  stack: PulumiStack,
  to: { commit: string; preview: boolean; changesSince: ChangesSince; together: boolean },
  say: Say,
): Promise<number> {
  const { commit, preview, changesSince, together } = to
  const running = await imagesThatRun(stack)
  const differing = await staleApps(running, commit, changesSince)
  const stale = together && differing.length > 0 ? [...running.keys()] : differing
  const image = stale.length === 0 ? '' : await pinned(stack, commit)
  for (const [app, runs] of running)
    say(`${app}: ${runs ?? 'nothing yet'}${stale.includes(app) ? ` -> ${image}` : ', which is the same'}`)
  const images = new Map(stale.map((app) => [app, image]))
  return bringUp(stack, images, preview)
}

/**
 * Gives apps their images and runs `pulumi up` for the whole stack.
 *
 * @param options more options of `pulumi up`
 * @returns the exit code of Pulumi
 */
export function bringUp(
  stack: PulumiStack,
  images: ReadonlyMap<AppName, string>,
  preview: boolean,
  options: readonly string[] = [],
): Promise<number> {
  const command = preview ? ['preview', '--diff'] : ['up', '--yes', '--skip-preview', ...options]
  return withImages(stack, images, async () => ({ code: await stack.run(...command), keep: !preview }))
}

/**
 * Gives apps the images back that their last deployment replaced, and changes nothing else. It goes one deployment back, and never forth.
 *
 * @param which.app the one app; absent: all whose image the last deployment of images changed
 * @param which.together true if all apps run in one task, of one image: there is no way back for one alone
 * @returns the exit code of Pulumi
 * @throws DeploymentError if there is nothing to go back to, or the last deployment went back
 */
export async function rollBack(
  stack: PulumiStack,
  { app, preview, together }: { app: AppName | undefined; preview: boolean; together: boolean },
  say: Say,
): Promise<number> {
  if (together && app !== undefined)
    throw new DeploymentError(`All apps of ${stack.name} run in one task, of one image: leave out --app ${app}`)
  const running = await imagesThatRun(stack)
  const replaced = lastReplaced(await readHistory(stack), app)
  const again = [...replaced].filter(([, { by }]) => by.back)
  if (again.length > 0)
    throw new DeploymentError(
      [
        ...again.map(([each, { image }]) => `${each} was taken back already, from ${image} to ${running.get(each)}.`),
        `An image before that is not known to be kept. Name the one to run: npm run roll -- --stack ${stack.name} --commit SHA, or where images are promoted npm run promote -- --to ${stack.name} --digest sha256:...`,
      ].join('\n'),
    )
  const images = new Map([...replaced].map(([each, { image }]) => [each, image]))
  // The history may reach less far than an app's last deployment; the configuration remembers the image before for each.
  const known = app === undefined || images.size > 0 ? undefined : (await imagesBefore(stack)).get(app)
  if (app !== undefined && known !== undefined) images.set(app, known)
  if (images.size === 0)
    throw new DeploymentError(
      app === undefined
        ? `None of the last updates of ${stack.name} replaced an image${together ? '' : ': name an app (--app lax)'}`
        : `Of ${app} no image is known that ran on ${stack.name} before`,
    )
  for (const [each, image] of images) say(`${each}: ${running.get(each)} -> ${image}`)
  return together ? bringUp(stack, images, preview, backOptions) : rollApps(stack, images, preview, backOptions)
}

/** The images that the last deployment of an app replaced, or without one the last deployment that replaced any. */
function lastReplaced(history: readonly StackUpdate[], app: AppName | undefined): ReadonlyMap<AppName, Replaced> {
  const replaced = [...replacedImages(history)]
  const last = history.find((update) => replaced.some(([, { by }]) => by === update))
  return new Map(replaced.filter(([each, { by }]) => (app === undefined ? by === last : each === app)))
}
