import type { DepositState } from '@continuum/messages'
import { hasArrived, isEnd, type Move } from './state.ts'

/** A deposit with everything that decides what is done with it next. */
export interface Outlook {
  readonly state: DepositState
  /** Not before this instant: its schedule, or the end of an embargo. */
  readonly due: Temporal.Instant
  /** The reason why it is not due before. */
  readonly dueBecause: string
  /** The instant of the next attempt, or of the next question; absent: now. */
  readonly nextAt: Temporal.Instant | undefined
  /** The instant of the first attempt of this sending; absent where there was none. */
  readonly firstAttempt: Temporal.Instant | undefined
  /** The instant at which the recipient took it. */
  readonly sentAt: Temporal.Instant | undefined
  /** An attempt began and its end was never written down. */
  readonly interrupted: boolean
  readonly recipient: {
    /** Sending the same document twice does no harm. */
    readonly repeatable: boolean
    /** It can be asked how a deposit ended. */
    readonly asks: boolean
    /** Hours from the first attempt after which sending is given up. */
    readonly sendHours: number
    /** Hours after which a deposit without an answer is unanswered; absent: never, a person knows. */
    readonly answerHours: number | undefined
  }
  readonly paused: { readonly by: string; readonly since: string; readonly why: string } | undefined
  /** The deposit that must go before. */
  readonly before:
    | { readonly state: DepositState; readonly part: string; readonly version: number; readonly confirmed: boolean }
    | undefined
  readonly planned: Temporal.Instant
  /** It is a mail, and nobody to write to is known. */
  readonly unaddressed: boolean
  readonly version: number
  /** The version of a later deposit that has arrived, this one's own for a correction of it: sending this one would take that away. */
  readonly overtakenBy: number | undefined
  /** The version of another deposit of the article that is being sent; whichever came last would stay. */
  readonly besides: number | undefined
  /** Deposits of the same recipient that are being sent, and those that wait for their turn before this one. */
  readonly sending: number
  readonly concurrency: number
}

/** The next step of a deposit. */
export type NextStep =
  | { readonly step: 'end' }
  | { readonly step: 'wait'; readonly seconds: number; readonly why: string; readonly turn?: true }
  | { readonly step: 'send' }
  | { readonly step: 'ask' }
  | { readonly step: 'change'; readonly move: Move; readonly answer: string }

/** Without a known instant a deposit looks again after this long; what it waits for wakes it before. */
const lookAgainSeconds = 3_600
const turnSeconds = 60

/** The beginning of the reason why a deposit waits while others are sent. */
export const turnWords = 'Waits for its turn'

const unaddressedHours = 14 * 24
const unaddressedWords =
  'No address of an author is known: it goes out when the article that it is about is published here, or when its authors are listed (continuum mail authors)'

/** Decides the next step of a deposit. Pure: everything that it depends on is in the outlook. */
export function nextStep(outlook: Outlook, now: Temporal.Instant): NextStep {
  const { state, recipient } = outlook
  if (isEnd(state)) return { step: 'end' }
  if (state === 'sent') return afterSending(outlook, now)
  if (outlook.overtakenBy !== undefined)
    return {
      step: 'change',
      move: 'supersede',
      answer: `${outlook.overtakenBy === outlook.version ? 'A correction of version' : 'Version'} ${outlook.overtakenBy} was confirmed before this one was sent.`,
    }
  if (outlook.interrupted && !recipient.repeatable)
    return {
      step: 'change',
      move: 'doubt',
      answer:
        'The process stopped while it was being sent. It may have arrived: look there, then mark it as done or send it again.',
    }
  return keptBy(outlook, now) ?? { step: 'send' }
}

/** Finds what keeps a deposit from being sent whatever became of others: a pause, an address that nobody knows, its hour. */
export function keptAlone(
  outlook: Pick<Outlook, 'paused' | 'unaddressed' | 'planned' | 'due' | 'dueBecause'>,
  now: Temporal.Instant,
): NextStep | undefined {
  const { paused, unaddressed, due, dueBecause } = outlook
  if (paused)
    return {
      step: 'wait',
      seconds: lookAgainSeconds,
      why: `Paused by ${paused.by} since ${paused.since}: ${paused.why}`,
    }
  if (unaddressed) return withoutAddress(outlook, now)
  if (isAfter(due, now)) return { step: 'wait', seconds: until(due, now), why: `${dueBecause} ${due.toString()}` }
  return undefined
}

/** The first thing that keeps a deposit from being sent. */
function keptBy(outlook: Outlook, now: Temporal.Instant): NextStep | undefined {
  const { before, nextAt, firstAttempt, recipient } = outlook
  const alone = keptAlone(outlook, now)
  if (alone) return alone
  if (before && !(before.confirmed ? isRegistered(before.state) : hasArrived(before.state) || isEnd(before.state)))
    return {
      step: 'wait',
      seconds: lookAgainSeconds,
      why: `Waits for ${before.part} of version ${before.version}, which is ${before.state}`,
    }
  if (firstAttempt && hoursSince(firstAttempt, now) >= recipient.sendHours)
    return { step: 'change', move: 'expire', answer: `Could not be sent for ${recipient.sendHours} hours.` }
  if (nextAt && isAfter(nextAt, now))
    return { step: 'wait', seconds: until(nextAt, now), why: `Next try at ${nextAt.toString()}` }
  if (outlook.besides !== undefined)
    return {
      step: 'wait',
      seconds: turnSeconds,
      why: `${turnWords}: version ${outlook.besides} is being sent`,
      turn: true,
    }
  if (outlook.sending >= outlook.concurrency)
    return {
      step: 'wait',
      seconds: turnSeconds,
      why: `${turnWords}: ${outlook.sending} are being sent`,
      turn: true,
    }
  return undefined
}

/** A mail that nobody is known for: one looks every day, and a person is asked after a fortnight. */
function withoutAddress({ planned }: Pick<Outlook, 'planned'>, now: Temporal.Instant): NextStep {
  return hoursSince(planned, now) >= unaddressedHours
    ? { step: 'change', move: 'expire', answer: `No address was known for ${unaddressedHours / 24} days.` }
    : { step: 'wait', seconds: 86_400, why: unaddressedWords }
}

function afterSending({ recipient, sentAt, nextAt }: Outlook, now: Temporal.Instant): NextStep {
  const { answerHours } = recipient
  const over = sentAt && answerHours !== undefined ? sentAt.add({ hours: answerHours }) : undefined
  if (over && !isAfter(over, now))
    return { step: 'change', move: 'expire', answer: `No answer for ${answerHours} hours.` }
  if (recipient.asks) {
    if (nextAt && isAfter(nextAt, now))
      return { step: 'wait', seconds: until(nextAt, now), why: `Asks again at ${nextAt.toString()}` }
    return { step: 'ask' }
  }
  return over ? { step: 'wait', seconds: until(over, now), why: 'A person confirms it' } : { step: 'end' }
}

/** One that is superseded has a successor that was confirmed: the DOI is there. */
const isRegistered = (state: DepositState) =>
  state === 'confirmed' || state === 'confirmed-with-warning' || state === 'superseded'
const isAfter = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) > 0
const until = (instant: Temporal.Instant, now: Temporal.Instant) =>
  Math.max(1, Math.ceil((instant.epochMilliseconds - now.epochMilliseconds) / 1_000))
const hoursSince = (instant: Temporal.Instant, now: Temporal.Instant) =>
  (now.epochMilliseconds - instant.epochMilliseconds) / 3_600_000

const minutes = [1, 2, 5, 15, 60]

/** Seconds until a deposit is tried, or asked for, again: 1, 2, 5, 15, 60 minutes, then hourly. */
export function pauseAfter(times: number): number {
  return (minutes[times - 1] ?? 60) * 60
}
