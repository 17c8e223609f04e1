import type { ServiceName } from '../shared/aws-error.ts'

/** Which of the calls that a rule is about it strikes, counted from when the rule was added; absent: every one. */
export type When = { readonly nth: number } | { readonly first: number } | { readonly every: number }

interface Calls {
  /** Name of the operation as AWS spells it (`SendMessage`); absent: every one of the service. */
  readonly operation?: string
  readonly when?: When
}

/** A fault of AWS for a test to meet. */
export type FaultRule = Calls &
  (
    | {
        readonly service: ServiceName
        /**
         * `throttling`: refused and to be tried again (ThrottlingException; S3's SlowDown). `failure`: refused with a 500. Neither
         * does anything. `lost reply`: all is done, and the connection is cut instead of an answer; so a polled task is given to
         * nobody.
         */
        readonly fault: 'throttling' | 'failure' | 'lost reply'
      }
    | {
        readonly service: ServiceName
        /** All is done at once; the answer goes out no sooner than so many milliseconds (by the server's clock) after the request. */
        readonly fault: 'slow reply'
        readonly milliseconds: number
      }
    | {
        readonly service: 'sqs'
        /** A message that is received for the first time is received once more, though it be deleted. Counted by message. */
        readonly fault: 'duplicate delivery'
      }
    | {
        readonly service: 'swf' | 's3'
        /**
         * Lists and counts do not yet know the objects written, or the executions started, in the last so many milliseconds. What is
         * removed or closed is so at once. SWF's lists then have one page only: their tokens hold for one question.
         */
        readonly fault: 'stale list'
        readonly milliseconds: number
      }
  )

export type FaultKind = FaultRule['fault']

/** The faults that a server shows, as a test holds them. */
export interface Faults {
  /**
   * Adds a rule; the function that is returned takes it away.
   * @throws {RangeError} for a number that is none, or by which it would never trigger
   */
  add(rule: FaultRule): () => void
  /** Takes all rules away. */
  clear(): void
}

/** The same as the server holds them. */
export interface ActiveFaults extends Faults {
  /** Whether there is any rule: without one nothing is looked at. */
  readonly any: () => boolean
  /**
   * Counts a call for the rules of this kind. Undefined when none strikes it; else the milliseconds of the one that does, 0 where
   * that kind has none.
   */
  readonly trigger: (service: ServiceName, operation: string | undefined, kind: FaultKind) => number | undefined
}

export function createFaults(rules: readonly FaultRule[] = []): ActiveFaults {
  const active = new Set<{ rule: FaultRule; calls: number }>()
  const add = (rule: FaultRule) => {
    check(rule)
    const entry = { rule, calls: 0 }
    active.add(entry)
    return () => void active.delete(entry)
  }
  rules.forEach(add)
  return {
    add,
    clear: () => active.clear(),
    any: () => active.size > 0,
    trigger(service, operation, kind) {
      const concerned = [...active].filter(
        ({ rule }) => rule.service === service && rule.fault === kind && (rule.operation ?? operation) === operation,
      )
      for (const entry of concerned) entry.calls++
      const triggered = concerned.find(({ rule, calls }) => strikes(rule.when, calls))
      if (triggered === undefined) return undefined
      return 'milliseconds' in triggered.rule ? triggered.rule.milliseconds : 0
    },
  }
}

function check(rule: FaultRule): void {
  const [bound = 1] = Object.values(rule.when ?? {})
  if (!Number.isInteger(bound) || bound < 1)
    throw new RangeError(`A fault strikes by a whole number of calls, at least 1, not by ${bound}.`)
  if ('milliseconds' in rule && !(rule.milliseconds > 0))
    throw new RangeError(`A ${rule.fault} takes some milliseconds, not ${rule.milliseconds}.`)
}

/** Whether the `call`th call, counted from 1, is triggered. */
function strikes(when: When | undefined, call: number): boolean {
  if (when === undefined) return true
  if ('nth' in when) return call === when.nth
  return 'first' in when ? call <= when.first : call % when.every === 0
}
