import { appNames, type AppName } from '@continuum/environments'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { DeploymentError } from './command.ts'
import { imagesIn } from './history.ts'

/** The command of Pulumi that reads and writes a stack's configuration. */
interface Configured {
  readonly ask: (...args: string[]) => Promise<string>
}

const Config = Type.Record(Type.String(), Type.Object({ value: Type.Optional(Type.String()) }))

/** Reads a stack's configuration, without the project's name. */
async function configOf({ ask }: Configured): Promise<Record<string, string>> {
  const all = Value.Parse(Config, JSON.parse(await ask('config', '--json')))
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, { value }]) =>
      value === undefined ? [] : [[key.replace(/^continuum:/, ''), value]],
    ),
  )
}

/** Reads the image that each app runs, by the stack's configuration; undefined: it does not run yet. */
export async function imagesThatRun(stack: Configured): Promise<ReadonlyMap<AppName, string | undefined>> {
  const images = imagesIn({ config: await configOf(stack) })
  return new Map(appNames.map((app) => [app, images.get(app)]))
}

/** Reads the image that each app ran before; apps of which none is known are left out. */
export async function imagesBefore(stack: Configured): Promise<ReadonlyMap<AppName, string>> {
  const config = await configOf(stack)
  return new Map(
    appNames.flatMap((app): [AppName, string][] => {
      const image = config[`before-${app}`]
      return image === undefined ? [] : [[app, image]]
    }),
  )
}

/**
 * Sets the images of apps while `work` runs, and remembers those that they ran before. Puts all back if it fails: ECS has rolled the
 * services back, and a later `pulumi up` must not try again.
 *
 * @param work returns an exit code
 */
export async function withImages(
  stack: Configured,
  images: ReadonlyMap<AppName, string>,
  work: () => Promise<{ code: number; keep: boolean }>,
): Promise<number> {
  const config = await configOf(stack)
  const ran = imagesIn({ config })
  const changed = [...images].filter(([app, image]) => ran.get(app) !== image)
  await setAll(
    stack,
    Object.fromEntries(
      changed.flatMap(([app, image]) => {
        const former = ran.get(app)
        return [[`tag-${app}`, image], ...(former === undefined ? [] : [[`before-${app}`, former]])]
      }),
    ),
  )
  const { code, keep } = await work()
  if (!keep || code !== 0) await restoreImages(stack, config)
  return code
}

/** Gives the images of a stack's configuration the values that another configuration has. */
export async function restoreImages(stack: Configured, wanted: Readonly<Record<string, string>>): Promise<void> {
  const now = await configOf(stack)
  const keys = ['tag', ...appNames.flatMap((app) => [`tag-${app}`, `before-${app}`])]
  const differing = keys.filter((key) => now[key] !== wanted[key])
  const values = differing.flatMap((key): [string, string][] => {
    const value = wanted[key]
    return value === undefined ? [] : [[key, value]]
  })
  await setAll(stack, Object.fromEntries(values))
  const gone = differing.filter((key) => wanted[key] === undefined)
  if (gone.length > 0) await stack.ask('config', 'rm-all', ...gone)
}

/**
 * Refuses a configuration whose images are not those of the last deployment: that of a checkout in which somebody deployed earlier would
 * take back what was deployed elsewhere since.
 *
 * @param last the configuration of the last deployment that succeeded
 * @throws DeploymentError
 */
export async function checkUpToDate(
  stack: Configured & { readonly name: string },
  last: Readonly<Record<string, string>>,
): Promise<void> {
  const now = await configOf(stack)
  const keys = [...new Set([...Object.keys(now), ...Object.keys(last)])].filter((key) => /^(tag|before)(-|$)/.test(key))
  const differing = keys.filter((key) => now[key] !== last[key])
  if (differing.length > 0)
    throw new DeploymentError(
      `infra/Pulumi.${stack.name}.yaml is not that of the last deployment of ${stack.name} (${differing.join(', ')}): delete it, then the last one's is taken; or deploy it (pulumi up -s ${stack.name})`,
    )
}

async function setAll({ ask }: Configured, values: Readonly<Record<string, string>>): Promise<void> {
  const pairs = Object.entries(values).flatMap(([key, value]) => ['--plaintext', `${key}=${value}`])
  if (pairs.length > 0) await ask('config', 'set-all', ...pairs)
}
