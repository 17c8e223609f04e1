import { appNames, type AppName } from '@continuum/environments'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** The commands of Pulumi that history needs. */
interface Asked {
  readonly ask: (...args: string[]) => Promise<string>
}

const Update = Type.Object({
  kind: Type.String(),
  result: Type.String(),
  startTime: Type.String(),
  environment: Type.Optional(Type.Record(Type.String(), Type.String())),
  config: Type.Record(Type.String(), Type.Object({ value: Type.Optional(Type.String()) })),
})

/** One update of a stack, as Pulumi remembers it. */
export interface StackUpdate {
  readonly result: 'succeeded' | 'failed'
  readonly startedAt: string
  /** The commit of the checkout from which it was made; undefined: no one. */
  readonly commit: string | undefined
  /** True if it was of the whole stack rather than of some resources. */
  readonly whole: boolean
  /** Its configuration, without the project's name. */
  readonly config: Readonly<Record<string, string>>
}

/** Reads the last hundred updates of a stack, the latest first. */
export async function readHistory({ ask }: Asked): Promise<StackUpdate[]> {
  const all = Value.Parse(
    Type.Array(Update),
    JSON.parse(await ask('stack', 'history', '--json', '--page-size', '100', '--page', '1')),
  )
  return all.filter(({ kind }) => kind === 'update').map(updateOf)
}

function updateOf({ result, startTime, environment = {}, config }: Static<typeof Update>): StackUpdate {
  return {
    result: result === 'succeeded' ? 'succeeded' : 'failed',
    startedAt: startTime,
    commit: environment['git.head'],
    whole: environment['pulumi.flag.target'] === undefined,
    config: Object.fromEntries(
      Object.entries(config).flatMap(([key, { value }]) =>
        key.startsWith('continuum:') && value !== undefined ? [[key.slice('continuum:'.length), value]] : [],
      ),
    ),
  }
}

/** The latest update that succeeded. */
export const latestSuccess = (history: readonly StackUpdate[]): StackUpdate | undefined =>
  history.find(({ result }) => result === 'succeeded')

/** The latest update that brought the whole stack to some code: the code that it runs. */
export const latestWhole = (history: readonly StackUpdate[]): StackUpdate | undefined =>
  history.find(({ result, whole }) => result === 'succeeded' && whole)

/** The image of each app in an update's configuration; apps without one are left out. */
export function imagesIn({ config }: Pick<StackUpdate, 'config'>): ReadonlyMap<AppName, string> {
  return new Map(
    appNames.flatMap((app): [AppName, string][] => {
      const image = config[`tag-${app}`] ?? config['tag']
      return image === undefined ? [] : [[app, image]]
    }),
  )
}
