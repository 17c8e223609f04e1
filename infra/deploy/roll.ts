import type { PulumiStack } from './pulumi-cli.ts'
import { staleApps, type ChangesSince } from './stale.ts'
import { tagsThatRun, withTags } from './tags.ts'

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
  say: (line: string) => void,
): Promise<number> {
  const { commit, preview, changesSince, together } = to
  const running = await tagsThatRun(stack)
  const differing = await staleApps(running, commit, changesSince)
  const stale = together && differing.length > 0 ? [...running.keys()] : differing
  for (const [app, tag] of running)
    say(`${app}: ${tag ?? 'nothing yet'}${stale.includes(app) ? ` -> ${commit}` : ', which is the same'}`)
  const command = preview ? ['preview', '--diff'] : ['up', '--yes', '--skip-preview']
  return withTags(stack, stale, commit, async () => ({ code: await stack.run(...command), keep: !preview }))
}
