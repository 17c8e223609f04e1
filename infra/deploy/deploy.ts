import type { AppName } from '@continuum/environments'
import { pinned } from './pinned.ts'
import type { Order } from './order.ts'
import type { PulumiStack } from './pulumi-cli.ts'
import { withImages } from './tags.ts'
import { keptImages, targetsOf } from './targets.ts'

/**
 * Deploys an app: sets its image in the stack's configuration, by its digest, then runs `pulumi up` for its processes only. If that
 * fails (ECS has rolled the service back) it restores the configuration.
 *
 * @returns the exit code of Pulumi
 */
export async function deploy({ app, tag, preview }: Order, stack: PulumiStack): Promise<number> {
  return rollApps(stack, new Map([[app, await pinned(stack, tag)]]), preview)
}

/**
 * Gives some apps other images, and changes nothing else.
 *
 * @param options more options of `pulumi up`
 * @returns the exit code of Pulumi
 */
export function rollApps(
  stack: PulumiStack,
  images: ReadonlyMap<AppName, string>,
  preview: boolean,
  options: readonly string[] = [],
): Promise<number> {
  const targets = [...[...images.keys()].flatMap((app) => targetsOf(stack.name, app)), keptImages(stack.name)]
  const command = preview ? ['preview', '--diff'] : ['up', '--yes', '--skip-preview', ...options]
  return withImages(stack, images, async () => ({
    code: await stack.run(...command, ...targets.flatMap((target) => ['--target', target])),
    keep: !preview,
  }))
}
