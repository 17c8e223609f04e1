import { commandName, type Commands } from '../../history/command.ts'
import type { WorkflowEvent } from '../../history/workflow-event.ts'

/** The SWF timers of one execution, by id. */
export interface Timers {
  /** Starts a timer. @param refused is called with SWF's cause if it does not start the timer */
  start(id: string, seconds: number, fired: () => void, refused: (cause: string) => void): void
  cancel(id: string): void
  /** Lets a timer fire at once; one that is not open is left alone. */
  hasten(id: string): void
  deliver(event: Extract<WorkflowEvent, { kind: 'timerFired' | 'timerRefused' }>): void
  open(): number
}

/** Creates the timers of an execution. */
export function createTimers(commands: Commands): Timers {
  const timers = new Map<string, { fired: () => void; refused: (cause: string) => void }>()
  const cancel = (id: string) => {
    if (!timers.delete(id) || commands.withdraw(commandName.timer(id))) return
    commands.add({
      decision: { decisionType: 'CancelTimer', cancelTimerDecisionAttributes: { timerId: id } },
    })
  }
  return {
    cancel,
    hasten: (id) => {
      const timer = timers.get(id)
      cancel(id)
      timer?.fired()
    },
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
    deliver: (event) => {
      const timer = timers.get(event.id)
      timers.delete(event.id)
      if (event.kind === 'timerFired') timer?.fired()
      else timer?.refused(event.cause)
    },
    open: () => timers.size,
  }
}
