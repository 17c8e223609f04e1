/** Each article has this many events. */
const events = 40

const instant = (minute: number) =>
  Temporal.Instant.from('2026-03-01T09:00:00Z').add({ minutes: minute }).toString({ smallestUnit: 'second' })

interface Template {
  readonly id: string
  /** The state in which it ends. */
  readonly end: 'error' | 'ready' | 'in progress' | 'waiting' | 'published'
}

/** The articles that others are copied from: one for each section of the list. */
export const templates: readonly Template[] = [
  { id: '00001', end: 'error' },
  { id: '00002', end: 'ready' },
  { id: '00003', end: 'in progress' },
  { id: '00004', end: 'waiting' },
  { id: '00005', end: 'published' },
]

/** Writes the messages of the bot about the templates. */
export function templateMessages(): object[] {
  return templates.flatMap(messagesOf)
}

function messagesOf({ id, end }: Template): object[] {
  const event = (minute: number, event_type: string, status: string, more: object = {}) => ({
    message_type: 'event',
    item_identifier: id,
    version: 1,
    run: 'a',
    event_type,
    timestamp: instant(minute),
    status,
    message: `${event_type}: ${status}.`,
    message_id: `${id}-${minute}-${event_type}-${status}`,
    ...more,
  })
  const delivery = {
    bucket_name: 'bench-production-final',
    file_name: `elife-${id}-vor-r1.zip`,
    file_etag: 'abc',
    event_time: instant(0),
  }
  const arrival = event(0, 'Delivery', 'start', { version: 0, delivery })
  if (end === 'waiting') {
    const waiting = Array.from({ length: events - 1 }, (_, index) =>
      event(index + 1, 'Waiting', 'start', { version: 0 }),
    )
    return [arrival, ...waiting]
  }
  const steps = Array.from({ length: events - 2 }, (_, index) =>
    event(index + 1, `Step ${Math.floor(index / 2) + 1}`, index % 2 === 0 ? 'start' : 'end'),
  )
  const last = {
    error: event(events, 'Check Package', 'error', { message: 'Figure 2 has no file.' }),
    ready: event(events, 'Ready To Publish', 'end'),
    'in progress': event(events, 'Resize Images', 'start'),
    published: event(events, 'Post Publication', 'end'),
  }[end]
  const properties = {
    doi: `10.7554/eLife.${id}`,
    title: 'A benchmark of <italic>lists</italic>',
    status: 'VOR',
    'article-type': 'research-article',
    'article-kind': 'Research Article',
    subjects: 'Ecology',
    authors: 'Ada Stream, Grace Hopper',
    'corresponding-authors': 'Ada Stream',
    ...(end === 'ready' && { 'publication-status': 'ready to publish' }),
    ...(end === 'published' && { 'publication-status': 'published' }),
  }
  return [
    arrival,
    ...steps,
    last,
    ...Object.entries(properties).map(([name, value]) => ({
      message_type: 'property',
      item_identifier: id,
      version: 1,
      run: 'a',
      name,
      value,
      property_type: 'text',
      message_id: `${id}-${name}`,
    })),
  ]
}
