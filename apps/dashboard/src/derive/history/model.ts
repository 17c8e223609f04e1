import type { Event, Property } from '@continuum/messages'

/*
 * The model: from the bot's messages to what people see.
 *
 *   received   a message with the time at which the queue accepted it: that is the order in which messages were sent,
 *              whatever the order in which they arrived
 *   step       one execution of an event type within a run, with all its attempts
 *   run        one delivery's way through the pipeline: the events that carry its id
 *   version    the runs and properties of one version; 0 is for runs whose version is not known yet, and for the
 *              properties of the whole article
 *   state      the state of a run: its row shows it, and it decides what may be done with the run
 *   current    a run that still needs attention or work: each has its own row in the lists
 *   request    a person, a machine or a schedule requested something for a run: to publish it, to run its package
 *              again, to dismiss it or to restore it
 */

/** A message with the time at which the queue accepted it, in unix milliseconds. */
export interface Received<Message extends Event | Property = Event | Property> {
  sent: number
  message: Message
}

/** `busy`: waiting for a service that is at capacity, which is not a failure; `noted`: any other status. */
export type StepState = 'running' | 'retrying' | 'busy' | 'done' | 'failed' | 'noted'

/** A failed attempt. */
export interface Failure {
  at: string
  attempt: number
  message: string
}

/** One execution of an event type. Instants are ISO 8601 in UTC. */
export interface Step {
  type: string
  state: StepState
  /** The status of the last event, verbatim. */
  status: string
  /** The message of the last event. */
  message: string
  began: string
  /** The time of its end or error. */
  ended?: string
  attempt: number
  attempts?: number
  /** The time of the next attempt. */
  retryAt?: string
  failures: Failure[]
}

/** One delivery's way through the pipeline. */
export interface Run {
  id: string
  /** Its number within its version, from 1, in the order of first events. */
  number: number
  version: number
  events: Received<Event>[]
  steps: Step[]
  began: string
  latest: string
  /** Time at which the queue accepted its first event beyond the arrival: statuses sent earlier belong to an earlier run. */
  startSent: number
  latestSent: number
  /** It has arrived but not started, because another run of its article is in progress. */
  waiting: boolean
  /** It has the files of the run before it, and ended without a version. */
  repeated: boolean
  /** The error that ended it. */
  failure?: Failure & { step: string }
}

/** The value of a property, when it was sent, and the run that sent it if the sender names one. */
export interface PropertyValue {
  value: string | number
  sent: number
  run?: string
}

/** A run with its properties. */
export interface KnownRun extends Run {
  /** The properties that the run itself sent. */
  properties: Map<string, PropertyValue>
  /** The publication status that applies to it. */
  status?: PropertyValue
}

/** A publication that the bot has prepared: an opaque text, and the run that it names (undefined if unreadable). */
export interface PreparedPublication {
  run: string | undefined
  publicationData: string
}

/** One version of an article. */
export interface Version {
  number: number
  /** The latest values of the version's properties; version 0 has those of the whole article. */
  properties: Map<string, PropertyValue>
  /** Oldest first. */
  runs: KnownRun[]
  /** Oldest first. */
  prepared: PreparedPublication[]
}

/** Everything known about an article. */
export interface Article {
  id: string
  /** Ascending; version 0 is present if it has properties or runs. */
  versions: Version[]
}

/** The kinds of requests, as the database has them: 'set aside' dismisses a run, 'take back' restores it. */
export type RequestKind = 'publish' | 'run again' | 'set aside' | 'take back' | 'withdraw' | 'reinstate'

/** A request for something to be done with a run. */
export interface ArticleRequest {
  id: number
  kind: RequestKind
  version: number | null
  run: string | null
  by: string
  /** Unix milliseconds. */
  at: number
  /** `queued`: to be sent to the bot; `done`: nothing to send; `error`: refused, see `message`; `cancelled`: taken back. */
  result: 'queued' | 'done' | 'error' | 'cancelled'
  message: string
  /** The reason that the author gave, or empty. */
  why?: string
  /** Until then it is held, and can be taken back: unix milliseconds. */
  heldUntil?: number | null
  /** Its message is on its way to the bot. */
  sent?: boolean
}

/** A scheduled publication. */
export interface Schedule {
  /** Unix seconds. */
  due: number
  version?: number
  run?: string
  fired: boolean
  /** The reason why it is overdue, or empty. */
  problem: string
}

/** The state of a run: see `runStateOf`. */
export type RunState =
  | 'waiting'
  | 'in progress'
  | 'failed'
  | 'ready'
  | 'requested'
  | 'publishing'
  | 'published'
  | 'hidden'
  | 'dismissed'
  | 'repeated'
