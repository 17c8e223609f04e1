import type { Event } from '@continuum/messages'
import type { Run } from './model.ts'

export type Delivery = NonNullable<Event['delivery']>

/** The package that the run came from, where its first event told of it. */
export function deliveryOf(run: Run): Delivery | undefined {
  return run.events.find(({ message }) => message.delivery)?.message.delivery
}

/** The version that a package is again, as its name says (`elife-00353-vor-v2-20160802113816.zip`); most say none. */
export function namedVersion({ file_name: file }: Delivery): number | undefined {
  const [, version] = /-v(\d+)(?=[-.])/i.exec(file) ?? []
  return version === undefined ? undefined : Number(version)
}
