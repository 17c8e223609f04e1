import { EventType, type HistoryEvent } from '@aws-sdk/client-swf'
import { expect, test } from 'vitest'
import { eventAttributes, unreachableEvents } from './event-attributes.fixture.ts'
import { everyEvent } from './every-event.fixture.ts'

/** Each of the 54 events of a history, really produced, with the attributes that SWF documents and no others. */

let made: Promise<HistoryEvent[]> | undefined
const produced = () => (made ??= everyEvent())

const attributesOf = (event: HistoryEvent): object =>
  Object.entries(event).find(([name]) => name.endsWith('EventAttributes'))?.[1] ?? {}

const names = (type: EventType) => eventAttributes[type].split(' ')
const plain = (name: string) => name.replace(/[?+]$/, '')
const possible = Object.values(EventType).filter((type) => unreachableEvents[type] === undefined)

test('every event that the SDK knows is produced, but for those that cannot occur here', async () => {
  const types = (await produced()).map(({ eventType }) => eventType)
  expect(new Set(types)).toEqual(new Set(possible))
  expect(Object.keys(eventAttributes)).toHaveLength(54)
})

test.each(possible)('%s has the documented attributes, and omits those not given', async (type) => {
  const events = (await produced()).filter(({ eventType }) => eventType === type)
  const required = names(type).filter((name) => !name.endsWith('?'))
  const member = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventAttributes`
  const first = events[0]
  expect(first).toBeDefined()
  for (const event of events) {
    expect(Object.keys(event).toSorted()).toEqual(['eventId', 'eventTimestamp', 'eventType', member].toSorted())
    const found = Object.keys(attributesOf(event))
    expect(names(type).map(plain)).toEqual(expect.arrayContaining(found))
    const always = required.filter((name) => !name.endsWith('+'))
    expect(found).toEqual(expect.arrayContaining(always))
  }
  const bare = events.map((event) => Object.keys(attributesOf(event)).toSorted().join(' '))
  expect(bare).toContain(required.map(plain).toSorted().join(' '))
})
