import type { Event, Property } from '@continuum/messages'
import fc from 'fast-check'
import { minute, publicationData, unixMinute } from './messages.fixture.ts'
import type { Received } from './model.ts'

/** Any messages about any of three runs of an article, in any order. */

const version = fc.constantFrom('0', '1', 2)
const moment = fc.integer({ min: 0, max: 6 })

const anyEvent = fc
  .record({
    at: moment,
    sent: moment,
    run: fc.constantFrom('a', 'b', 'c'),
    version,
    type: fc.constantFrom(
      'Delivery',
      'Waiting',
      'Expand Article',
      'Resize Images',
      'Ready To Publish',
      'Check Approval',
    ),
    status: fc.constantFrom('start', 'end', 'error', 'retry', 'progress', 'skipped'),
    attempt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  })
  .map(({ at, sent, run, version: of, type, status, attempt }): Received<Event> => ({
    sent: unixMinute(sent),
    message: {
      message_type: 'event',
      item_identifier: '00353',
      version: of,
      run,
      event_type: type,
      timestamp: minute(at),
      status,
      message: `${type} ${status}`,
      message_id: '',
      ...(attempt !== undefined && { attempt, attempts: 3 }),
      ...(status === 'retry' && { retry_at: minute(at + 1) }),
    },
  }))

const said = fc.constantFrom(
  ['publication-status', 'ready to publish'],
  ['publication-status', 'published'],
  ['publication-status', 'hidden'],
  ['_publication-data', publicationData('a')],
  ['_publication-data', publicationData('b')],
  ['title', 'one'],
  ['title', 'other'],
)

const anyProperty = fc
  .record({ sent: moment, said, version })
  .map(({ sent, said: [name = '', value = ''], version: of }): Received<Property> => ({
    sent: unixMinute(sent),
    message: {
      message_type: 'property',
      item_identifier: '00353',
      version: of,
      name,
      value,
      property_type: 'text',
      message_id: '',
    },
  }))

/** Up to 30 messages, each with an id of its own. */
export const anyMessages = fc
  .array(fc.oneof(anyEvent, anyProperty), { maxLength: 30, size: '+1' })
  .map((list) => list.map((one, index): Received => ({ ...one, message: { ...one.message, message_id: `m${index}` } })))
