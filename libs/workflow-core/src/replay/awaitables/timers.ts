import { commandName, type Commands } from '../../history/command.ts'
import type { Happening } from '../../history/workflow-event.ts'

/** SWF timers of one execution, by id. */
export interface Timers {
  /** @param refused is called with SWF's cause when it would not start the timer */
  start(id: string, seconds: number, fired: () => void, refused: (cause: string) => void): void
  cancel(id: string): void
  deliver(happening: Extract<Happening, { kind: 'timerFired' | 'timerRefused' }>): void
  open(): number
}

export function createTimers(commands: Commands): Timers {
  const timers = new Map<string, { fired: () => void; refused: (cause: string) => void }>()
  return {
    start: (id, seconds, fired, refused) => {
      timers.set(id, { fired, refused })
      commands.add({
        name: commandName.timer(id),
        decision: {
          decisionType: 'StartTimer',
          startTimerDecisionAttributes: { timerId: id, startToFireTimeout: String(seconds) },
        },
      })
    },
    cancel: (id) => {
      if (!timers.delete(id) || commands.withdraw(commandName.timer(id))) return
      commands.add({
        decision: { decisionType: 'CancelTimer', cancelTimerDecisionAttributes: { timerId: id } },
      })
    },
    deliver: (happening) => {
      const timer = timers.get(happening.id)
      timers.delete(happening.id)
      if (happening.kind === 'timerFired') timer?.fired()
      else timer?.refused(happening.cause)
    },
    open: () => timers.size,
  }
}
