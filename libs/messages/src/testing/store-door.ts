import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { expect } from 'vitest'

/** A request to the article store, whatever door it goes through. */
export interface DoorRequest {
  readonly action: 'ingest' | 'publish' | 'ingest+publish'
  readonly id: string
  readonly version: number
  /** Article JSON, of an ingest. */
  readonly article?: Record<string, unknown>
  readonly force?: boolean
  readonly dryRun?: boolean
}

export type DoorOutcome = Done | Refused
type Done = Static<typeof Done>
const Done = Type.Object({ status: Type.Enum(['ingested', 'published', 'validated']), datetime: Type.String() })
type Refused = Static<typeof Refused>
const Refused = Type.Object({ status: Type.Literal('invalid'), code: Type.String(), message: Type.String() })

/** Reads the outcome that a door answers, without what else it says. */
export function readOutcome(answer: unknown): DoorOutcome {
  if (Value.Check(Done, answer)) return { status: answer.status, datetime: answer.datetime }
  if (!Value.Check(Refused, answer)) throw new TypeError(`no outcome: ${JSON.stringify(answer)}`)
  return { status: answer.status, code: answer.code, message: answer.message }
}

/** A request over HTTP, to an address below the root of the service. */
export interface DoorHttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE'
  /** With the store's token. */
  readonly trusted?: boolean
  readonly headers?: Record<string, string>
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown
}

export interface DoorHttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

/** A way into a running article store, whose clock stands at 2016-10-05T12:00:00Z. */
export interface StoreDoor {
  /** Returns the id of an article of the journal `10.7554/eLife.` that the store does not have, each higher than the last. */
  newId(): string
  /** Sends a request. When the outcome is there, readers see the change. */
  send(request: DoorRequest): Promise<DoorOutcome>
  /** Asks over HTTP: readers and fragments have no other door. */
  http(path: string, request?: DoorHttpRequest): Promise<DoorHttpAnswer>
  setClock(instant: string): Promise<void>
  /** Takes the next notifications of changes, in their order: the ids of the articles. Waits until there are so many. */
  told(count: number): Promise<readonly string[]>
}

/** Opens a door. With `empty` the store has no articles; otherwise it may have those of other tests. */
export type OpenDoor = (options?: { empty?: boolean }) => Promise<StoreDoor>

/** The differences between doors that their scenarios tell. */
export interface DoorTraits {
  /** True where publishing what is public is answered as a publication, as the contract of the queue has it. */
  readonly repeatsPublication: boolean
}

const articles = '/api/v2/articles'

/** The words in which scenarios are written, for a door. */
export function atDoor(door: StoreDoor) {
  const read = async (path: string, more: DoorHttpRequest = {}) => {
    const { status, headers, text } = await door.http(`${articles}${path}`, more)
    return { status, headers, json: text === '' ? undefined : JSON.parse(text) }
  }
  const send = (
    action: DoorRequest['action'],
    id: string,
    version: number,
    more: Record<string, unknown> = {},
    options: { force?: boolean; dryRun?: boolean } = {},
  ) => door.send({ action, id, version, article: articleJson({ id, version, ...more }), ...options })
  return {
    read,
    /** Reads what those with the token see. */
    readAll: (path: string) => read(path, { trusted: true }),
    send,
    /** Sends what is expected to be done. */
    does: async (...request: Parameters<typeof send>) => {
      const outcome = await send(...request)
      expect(outcome.status, JSON.stringify(outcome)).not.toBe('invalid')
      return outcome
    },
    /** Sends what is expected to be refused; returns the code and the message. */
    refusal: async (...request: Parameters<typeof send>) => {
      const outcome = await send(...request)
      return 'code' in outcome ? `${outcome.code}: ${outcome.message}` : outcome.status
    },
  }
}

/** Returns minimal article JSON; `more` overrides keys, and `undefined` removes them. */
export function articleJson(more: { id: string; [key: string]: unknown }): Record<string, unknown> {
  const content = [{ type: 'paragraph', text: 'Naïve <i>text</i> 自由.' }]
  return {
    status: 'vor',
    version: 1,
    type: 'research-article',
    doi: `10.7554/eLife.${more.id}`,
    title: 'A good life',
    published: '2012-12-13T00:00:00Z',
    volume: 1,
    elocationId: `e${more.id}`,
    copyright: { license: 'CC-BY-3.0', holder: 'Researcher', statement: 'Free to use.' },
    body: [{ type: 'section', id: 's1', title: 'Results', content }],
    stage: 'published',
    statusDate: '2099-01-01T00:00:00Z',
    ...more,
  }
}
