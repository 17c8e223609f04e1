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
  message: Type.Optional(Type.String()),
  environment: Type.Optional(Type.Record(Type.String(), Type.String())),
  config: Type.Record(Type.String(), Type.Object({ value: Type.Optional(Type.String()) })),
})

/** One update of a stack, as Pulumi remembers it. */
export interface StackUpdate {
  readonly result: 'succeeded' | 'failed'
  readonly startedAt: string
  /** The commit of the checkout from which it was made; undefined: no one. */
  readonly commit: string | undefined
  /** True if it gave apps the images back that they ran before. */
  readonly back: boolean
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

/** The options of a `pulumi up` that gives apps their images back, by which the history tells it from other updates. */
export const backOptions = ['--message', 'roll --back'] as const

function updateOf({ result, startTime, message, environment = {}, config }: Static<typeof Update>): StackUpdate {
  return {
    result: result === 'succeeded' ? 'succeeded' : 'failed',
    startedAt: startTime,
    commit: environment['git.head'],
    back: message === backOptions[1],
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

/** The image that an app ran before its current one, and the update that replaced it. */
export interface Replaced {
  readonly image: string
  readonly by: StackUpdate
}

/** The image of each app that its current one replaced; apps whose image no update of the history changed are left out. */
export function replacedImages(history: readonly StackUpdate[]): ReadonlyMap<AppName, Replaced> {
  const updates = history.filter(({ result }) => result === 'succeeded').map((by) => ({ by, images: imagesIn(by) }))
  return new Map(
    appNames.flatMap((app): [AppName, Replaced][] => {
      const now = updates[0]?.images.get(app)
      const former = updates.findIndex(({ images }) => images.get(app) !== now)
      const [by, image] = [updates[former - 1]?.by, updates[former]?.images.get(app)]
      return by === undefined || image === undefined ? [] : [[app, { image, by }]]
    }),
  )
}
