/** The order of steps, as far as a history tells it: which ends a decision had seen that began a step. */
export interface StepOrder {
  /** A step ended with an event. */
  ended(step: string, eventId: number): void
  /** A step that had ended has another attempt. */
  reopened(step: string): void
  /** A decision was completed, having seen all events before it started. */
  decided(decision: number, startedEventId: number): void
  /** Returns the steps that a new one follows. */
  begun(step: string, decision: number | undefined): string[]
}

/**
 * Creates the order of the steps of an execution. A step follows those whose end its decision saw. An end that began nothing is
 * kept until a step begins while no other is open: that one may have waited for all, and a history does not say more.
 */
export function createStepOrder(): StepOrder {
  const open = new Set<string>()
  /** Ends that no decision has seen yet. */
  let fresh: { readonly step: string; readonly eventId: number }[] = []
  /** Ends that began nothing yet. */
  let kept = new Set<string>()
  let current = { decision: 0, seen: [] as string[], alone: false, used: false }

  return {
    ended: (step, eventId) => {
      open.delete(step)
      fresh.push({ step, eventId })
    },
    reopened: (step) => {
      open.add(step)
      fresh = fresh.filter((end) => end.step !== step)
      kept.delete(step)
      current.seen = current.seen.filter((seen) => seen !== step)
    },
    decided: (decision, startedEventId) => {
      if (!current.used) for (const step of current.seen) kept.add(step)
      const seen = fresh.filter(({ eventId }) => eventId < startedEventId).map(({ step }) => step)
      fresh = fresh.filter(({ eventId }) => eventId >= startedEventId)
      current = { decision, seen: [...new Set(seen)], alone: open.size === 0, used: false }
    },
    begun: (step, decision) => {
      open.add(step)
      if (decision !== current.decision) return []
      if (current.alone && !current.used) {
        current.seen = [...new Set([...kept, ...current.seen])]
        kept = new Set()
      }
      current.used = true
      return current.seen.filter((seen) => seen !== step)
    },
  }
}
