import { encodePublicationData, type Event, type Property } from '@continuum/messages'
import type { Received } from './model.ts'

/** Messages of the bot, for tests. Minute 0 is noon; the queue accepts each message at the time of its event. */

const noon = Temporal.Instant.from('2026-11-23T12:00:00Z')

export function minute(minutes: number): string {
  return noon.add({ milliseconds: Math.round(minutes * 60_000) }).toString()
}

export function unixMinute(minutes: number): number {
  return Math.round(noon.epochMilliseconds + minutes * 60_000)
}

let count = 0

/** Creates an event of run `a` of version 1 of article 00353, by default. */
export function event(at: number, type: string, status: string, more: Partial<Event> = {}): Received<Event> {
  return {
    sent: unixMinute(at),
    message: {
      message_type: 'event',
      item_identifier: '00353',
      version: '1',
      run: 'a',
      event_type: type,
      timestamp: minute(at),
      status,
      message: `${type}: ${status}`,
      message_id: `m${++count}`,
      ...more,
    },
  }
}

/** Creates a property of version 1 of article 00353, by default. */
export function property(
  at: number,
  name: string,
  value: string | number,
  more: Partial<Property> = {},
): Received<Property> {
  return {
    sent: unixMinute(at),
    message: {
      message_type: 'property',
      item_identifier: '00353',
      version: '1',
      name,
      value,
      property_type: 'text',
      message_id: `m${++count}`,
      ...more,
    },
  }
}

/** Creates the `_publication-data` of a run: base64 with line breaks, as in the original system. */
export function publicationData(run: string, version = '1', article = '00353'): string {
  const message = {
    workflow_name: 'PostPerfectPublication',
    workflow_data: { article_id: article, version, run, expanded_folder: `${article}.${version}/${run}` },
  }
  return encodePublicationData(message).replaceAll(/.{60}/g, '$&\n')
}

/** Creates the messages of a run until it is ready to publish, ten minutes after `at`. */
export function readyRun(at = 0, { run = 'a', version = '1', article = '00353' } = {}): Received[] {
  const of = { run, version, item_identifier: article }
  const ofVersion = { version, item_identifier: article }
  return [
    event(at, 'Expand Article', 'start', { ...of, version: 0 }),
    event(at + 1, 'Expand Article', 'end', of),
    property(at + 1, 'article-id', article, { version: 0, item_identifier: article }),
    property(at + 1, 'publication-status', 'publication in progress', ofVersion),
    property(at + 1, 'title', 'A <italic>good</italic> life', ofVersion),
    property(at + 1, 'doi', `10.7554/eLife.${article}`, ofVersion),
    event(at + 2, 'Post EIF', 'start', of),
    event(at + 9, 'Post EIF', 'end', of),
    property(at + 10, 'path', `content/1/e${article}v${version}`, ofVersion),
    property(at + 10, '_publication-data', publicationData(run, version, article), ofVersion),
    property(at + 10, 'publication-status', 'ready to publish', ofVersion),
    event(at + 10, 'Ready To Publish', 'end', of),
  ]
}
