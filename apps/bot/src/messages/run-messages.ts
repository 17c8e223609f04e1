import type { Event, Property } from '@continuum/messages'
import type { Run } from '../activities/article-run.ts'

type About<Message> = Omit<Message, 'message_type' | 'item_identifier' | 'version' | 'run'> & {
  /** The version that the message is about, where it is not the run's: it was found out on the way. */
  readonly version?: number
}

/** An event of a run, dated now. */
export function runEvent({ articleId, version, run }: Run, about: Omit<About<Event>, 'timestamp'>): Event {
  return {
    message_type: 'event',
    item_identifier: articleId,
    version,
    run,
    timestamp: Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
    ...about,
  }
}

/** A property of a run's version, or with version 0 of the whole article. All that the bot sends are text. */
export function runProperty(
  { articleId, version, run }: Run,
  about: Omit<About<Property>, 'property_type'> & { readonly value: string },
): Property {
  return {
    message_type: 'property',
    item_identifier: articleId,
    version,
    run,
    property_type: 'text',
    ...about,
  }
}
