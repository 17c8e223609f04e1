import { appNames, type AppName } from '@continuum/environments'
import type { PulumiStack } from './pulumi-cli.ts'

/** Reads the tag that each app runs, by the stack's configuration; undefined: it does not run yet. */
export async function tagsThatRun(
  stack: Pick<PulumiStack, 'config'>,
): Promise<ReadonlyMap<AppName, string | undefined>> {
  const known: unknown = JSON.parse(await stack.config('--json'))
  const common = valueOf(known, 'tag')
  return new Map(appNames.map((app) => [app, valueOf(known, `tag-${app}`) ?? common]))
}

/**
 * Sets the tags of apps while `work` runs, and puts the former ones back if it fails: ECS has rolled the services back, and a later
 * `pulumi up` must not try again.
 *
 * @param work returns an exit code
 */
export async function withTags(
  stack: Pick<PulumiStack, 'config'>,
  apps: readonly AppName[],
  tag: string,
  work: () => Promise<{ code: number; keep: boolean }>,
): Promise<number> {
  const known: unknown = JSON.parse(await stack.config('--json'))
  for (const app of apps) await stack.config('set', `tag-${app}`, tag)
  const { code, keep } = await work()
  if (keep && code === 0) return code
  for (const app of apps) {
    const before = valueOf(known, `tag-${app}`)
    await (before === undefined ? stack.config('rm', `tag-${app}`) : stack.config('set', `tag-${app}`, before))
  }
  return code
}

/** A value of `pulumi config --json`. */
function valueOf(known: unknown, key: string): string | undefined {
  const value: unknown = Reflect.get(Object(Reflect.get(Object(known), `continuum:${key}`)), 'value')
  return typeof value === 'string' ? value : undefined
}
