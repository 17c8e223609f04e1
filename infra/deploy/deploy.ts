import type { Order } from './order.ts'
import type { PulumiStack } from './pulumi-cli.ts'
import { withTags } from './tags.ts'
import { targetsOf } from './targets.ts'

/**
 * Deploys an app: sets its tag in the stack's configuration, then runs `pulumi up` for its processes only. If that fails (ECS has
 * rolled the service back) it restores the configuration.
 *
 * @returns the exit code of Pulumi
 */
export function deploy({ app, stack: name, tag, preview }: Order, stack: PulumiStack): Promise<number> {
  const targets = targetsOf(name, app).flatMap((target) => ['--target', target])
  const command = preview ? ['preview', '--diff'] : ['up', '--yes', '--skip-preview']
  return withTags(stack, [app], tag, async () => ({ code: await stack.run(...command, ...targets), keep: !preview }))
}
