import { appNames, type AppName } from '@continuum/environments'
import { DeploymentError } from './command.ts'
import { rollApps } from './deploy.ts'
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

/** Gives apps their images and runs `pulumi up` for the whole stack. @returns the exit code of Pulumi */
export function bringUp(stack: PulumiStack, images: ReadonlyMap<AppName, string>, preview: boolean): Promise<number> {
  const command = preview ? ['preview', '--diff'] : ['up', '--yes', '--skip-preview']
  return withImages(stack, images, async () => ({ code: await stack.run(...command), keep: !preview }))
}

/**
 * Gives apps the images back that they ran before, and changes nothing else.
 *
 * @param which.app the one app; absent: all of which an image is known
 * @param which.together true if all apps run in one task, of one image: there is no way back for one alone
 * @returns the exit code of Pulumi
 * @throws DeploymentError if there is nothing to go back to
 */
export async function rollBack(
  stack: PulumiStack,
  { app, preview, together }: { app: AppName | undefined; preview: boolean; together: boolean },
  say: Say,
): Promise<number> {
  if (together && app !== undefined)
    throw new DeploymentError(`All apps of ${stack.name} run in one task, of one image: leave out --app ${app}`)
  const [running, before] = [await imagesThatRun(stack), await imagesBefore(stack)]
  const images = new Map([...before].filter(([each]) => app === undefined || each === app))
  if (images.size === 0)
    throw new DeploymentError(`Of ${app ?? appNames.join(', ')} no image is known that ran on ${stack.name} before`)
  for (const [each, image] of images) say(`${each}: ${running.get(each)} -> ${image}`)
  return together ? bringUp(stack, images, preview) : rollApps(stack, images, preview)
}
