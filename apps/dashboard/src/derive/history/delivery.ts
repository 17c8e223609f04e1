import type { Event } from '@continuum/messages'
import type { Run } from './model.ts'

/** The package that a run came from. */
export type Delivery = NonNullable<Event['delivery']>

/** Returns the package that the run came from, if its events name it. */
export function deliveryOf(run: Run): Delivery | undefined {
  return run.events.find(({ message }) => message.delivery)?.message.delivery
}

/** Returns the version in a package's name (2 in `elife-00353-vor-v2-20160802113816.zip`): a re-supply of that version. Most names have none. */
export function namedVersion({ file_name: file }: Delivery): number | undefined {
  const [, version] = /-v(\d+)(?=[-.])/i.exec(file) ?? []
  return version === undefined ? undefined : Number(version)
}
