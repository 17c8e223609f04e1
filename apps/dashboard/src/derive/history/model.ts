import type { Event, Property } from '@continuum/messages'

/*
 * The words of the derivation: from what the bot said to what people see.
 *
 *   received   a message, and the moment the queue took it: the order in which things were said, whatever the order in
 *              which they arrived
 *   step       one passage of a run through one event type, with all its attempts
 *   run        one passage of one delivery through the pipeline: the events that carry its id
 *   version    the runs and properties of one version; 0 stands for the runs whose version is not known yet, and for
 *              the properties of the whole article
 *   state   where a run is, in one word: what its row says and what may be done with it
 *   current    a run of which something is still to be known or done: each has a row of its own in the lists
 *   request    a person, a machine or a schedule asked for something about a run: to publish it, to run its package
 *              again, to set it aside or to take it back from there
 */

/** A message with the moment the queue took it, in unix milliseconds. */
export interface Received<Message extends Event | Property = Event | Property> {
  sent: number
  message: Message
}

/** `busy`: it waits for a service that has no room for it; that is no failure. */
export type StepState = 'running' | 'retrying' | 'busy' | 'done' | 'failed' | 'noted'

/** An attempt that did not succeed. */
export interface Failure {
  at: string
  attempt: number
  message: string
}

/** One passage through an event type. Instants are ISO 8601 in UTC. */
export interface Step {
  type: string
  state: StepState
  /** The status as it was said, for one that is neither start, end, error nor retry. */
  status: string
  /** What was said last. */
  message: string
  began: string
  /** When it was said to have ended, whether well or not. */
  ended?: string
  attempt: number
  attempts?: number
  /** When the next attempt is due. */
  retryAt?: string
  failures: Failure[]
}

export interface Run {
  id: string
  /** Its rank among the runs of its version, by the first event: from 1. */
  number: number
  version: number
  events: Received<Event>[]
  steps: Step[]
  began: string
  latest: string
  /** When the queue took its first event that is more than an arrival: statuses said earlier are of an earlier run. */
  startSent: number
  latestSent: number
  /** It has arrived and not set out: another run of its article is under way. */
  waiting: boolean
  /** What ended it. */
  failure?: Failure & { step: string }
}

/** A property's value, when it was said, and by which run where its sender names it. */
export interface PropertyValue {
  value: string | number
  sent: number
  run?: string
}

/** A run with what is known of it beside its events. */
export interface KnownRun extends Run {
  /** What it said of its version itself. */
  properties: Map<string, PropertyValue>
  /** The publication status that holds for it. */
  status?: PropertyValue
}

/** What the bot has prepared for a publication: an opaque text, and the run that it names; none where it is unreadable. */
export interface PreparedPublication {
  run: string | undefined
  publicationData: string
}

export interface Version {
  number: number
  /** The version's own properties, as they were said last; those of the whole article are version 0's. */
  properties: Map<string, PropertyValue>
  /** Oldest first. */
  runs: KnownRun[]
  /** Oldest first. */
  prepared: PreparedPublication[]
}

export interface Article {
  id: string
  /** Ascending; version 0 is present where it has properties or runs. */
  versions: Version[]
}

export type RequestKind = 'publish' | 'run again' | 'set aside' | 'take back'

export interface ArticleRequest {
  id: number
  kind: RequestKind
  version: number | null
  run: string | null
  by: string
  /** Unix milliseconds. */
  at: number
  /** `queued`: it is sent to the bot; `done`: there is nothing to send. */
  result: 'queued' | 'done' | 'error'
  message: string
}

/** A publication that is to be asked for at a time. */
export interface Schedule {
  /** Unix seconds. */
  due: number
  version?: number
  run?: string
  fired: boolean
  /** Why it is still not asked for, although it was due. */
  problem: string
}

export type RunState =
  | 'waiting'
  | 'in progress'
  | 'failed'
  | 'ready'
  | 'requested'
  | 'publishing'
  | 'published'
  | 'hidden'
  | 'set aside'
