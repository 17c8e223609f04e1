/** The messages of the bot about articles that are processed at the same time, in the order in which they are sent. */

const steps = [
  'Compare Delivery',
  'Version Lookup',
  'Expand Article',
  'Check Package',
  'Convert JATS',
  'Set Publication Status',
  'Ingest To Lax',
  'Resize Images',
  'Deposit assets',
  'Post EIF',
  'Ready To Publish',
  'Check Approval',
  'Publish Assets',
  'Approve Publication',
  'Publish To Lax',
  'Start Post Publication',
]

/** The properties that each step tells of. */
const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Version Lookup': { 'publication-status': 'publication in progress' },
  'Check Package': { findings: '', losses: '' },
  'Convert JATS': {
    doi: '10.7554/eLife.00001',
    title: 'A benchmark of <italic>messages</italic>',
    status: 'VOR',
    'article-type': 'research-article',
    authors: 'Ada Stream, Grace Hopper',
    'corresponding-authors': 'Ada Stream',
    'article-kind': 'Research Article',
    subjects: 'Ecology',
  },
  'Set Publication Status': { 'publication-mode': 'automatic' },
  'Post EIF': { path: 'content/1/e00001v1' },
  'Start Post Publication': { 'publication-status': 'published' },
}

/** The number of articles that are in progress at a time. */
const atOnce = 50

let told = 0
let clock = Temporal.Instant.from('2026-03-01T09:00:00Z')

/** Creates at least so many messages, about articles of their own: those in progress go on step by step, in turns. */
export function messagesOf(name: string, count: number): object[] {
  const messages: object[] = []
  for (let group = 0; messages.length < count; group++) {
    const articles = Array.from({ length: atOnce }, (_, index) => `${name}-${group}-${index}`)
    for (const step of steps) {
      for (const article of articles) messages.push(event(article, step, 'start'))
      for (const article of articles) {
        for (const [property, value] of Object.entries(properties[step] ?? {}))
          messages.push(propertyOf(article, property, value))
        messages.push(event(article, step, 'end'))
      }
    }
  }
  return messages.slice(0, count)
}

/** An event of a step, dated after all before it. */
export function event(article: string, step: string, status: string): object {
  clock = clock.add({ milliseconds: 7 })
  return {
    message_type: 'event',
    ...about(article),
    event_type: step,
    timestamp: clock.toString(),
    status,
    message: `${step}: ${status}.`,
    attempt: 1,
    attempts: 7,
  }
}

function propertyOf(article: string, name: string, value: string): object {
  return { message_type: 'property', ...about(article), name, value, property_type: 'text' }
}

function about(article: string): object {
  return { item_identifier: article, version: 1, run: `run-of-${article}`, message_id: `bench-${told++}` }
}
