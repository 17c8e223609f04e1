import type { ServiceName } from '../shared/aws-error.ts'

/** Selects the matching calls at which a rule triggers, counted from when it was added; absent: every call. */
export type When = { readonly nth: number } | { readonly first: number } | { readonly every: number }

interface Calls {
  /** Operation name as AWS spells it (`SendMessage`); absent: every operation of the service. */
  readonly operation?: string
  readonly when?: When
}

/** An AWS fault to inject. */
export type FaultRule = Calls &
  (
    | {
        readonly service: ServiceName
        /**
         * `throttling`: a retryable error (ThrottlingException; S3's SlowDown). `failure`: a 500. Neither runs the operation. `lost
         * reply`: the operation runs, and the connection is cut instead of a response, so that a polled task reaches nobody.
         */
        readonly fault: 'throttling' | 'failure' | 'lost reply'
      }
    | {
        readonly service: ServiceName
        /**
         * The operation runs at once; the response is sent no sooner than this many milliseconds (of the server's clock) after the
         * request.
         */
        readonly fault: 'slow reply'
        readonly milliseconds: number
      }
    | {
        readonly service: 'sqs'
        /** A message received for the first time is delivered once more, even if it is deleted. Counts messages, not calls. */
        readonly fault: 'duplicate delivery'
      }
    | {
        readonly service: 'swf' | 's3'
        /**
         * Lists and counts omit objects written, or executions started, within the last `milliseconds`. Removed objects and closed
         * executions disappear at once. SWF lists then have a single page, as their tokens belong to one query.
         */
        readonly fault: 'stale list'
        readonly milliseconds: number
      }
  )

export type FaultKind = FaultRule['fault']

/** The fault rules of a server. */
export interface Faults {
  /**
   * Adds a rule and returns a function that removes it.
   * @throws {RangeError} for a number that is invalid, or with which the rule would never trigger
   */
  add(rule: FaultRule): () => void
  /** Removes all rules. */
  clear(): void
}

/** The fault rules as the server uses them. */
export interface ActiveFaults extends Faults {
  /** True if there are any rules; without them requests are not inspected. */
  readonly any: () => boolean
  /**
   * Counts a call for the rules of this kind. Returns undefined if none triggers, otherwise its milliseconds, 0 for a kind without
   * them.
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
    throw new RangeError(`The number of calls of a fault rule must be an integer of at least 1, not ${bound}.`)
  if ('milliseconds' in rule && !(rule.milliseconds > 0))
    throw new RangeError(`The milliseconds of a ${rule.fault} must be greater than 0, not ${rule.milliseconds}.`)
}

/** True if a rule triggers at the `call`th call, counted from 1. */
function strikes(when: When | undefined, call: number): boolean {
  if (when === undefined) return true
  if ('nth' in when) return call === when.nth
  return 'first' in when ? call <= when.first : call % when.every === 0
}
