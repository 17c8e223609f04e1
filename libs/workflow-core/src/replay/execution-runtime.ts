import type { Signals } from '../declare/workflow-tools.ts'
import { createCommands, type Commands } from '../history/command.ts'
import type { WorkflowEvent } from '../history/workflow-event.ts'
import { createChildren, type Children } from './awaitables/children.ts'
import { createInbox, type Inbox } from './awaitables/inbox.ts'
import { createPendingPromises, type PendingPromises } from './awaitables/pending-promises.ts'
import { createScope, type Scope } from './awaitables/scope.ts'
import { createExternalSignals, type ExternalSignals } from './awaitables/external-signals.ts'
import { createSteps, type Steps } from './awaitables/steps.ts'
import { createTimers, type Timers } from './awaitables/timers.ts'
import { createMarkers, type Markers } from './markers.ts'
import type { Duration } from '../values/duration.ts'
import type { Logger } from '../values/logger.ts'
import { maxDecisionsSize } from '../values/payload.ts'
import { retryTimerId } from '../values/retry-now-signal.ts'

/** The runtime of one execution: everything that its code can await or request. */
export interface ExecutionRuntime {
  readonly commands: Commands
  readonly pendingPromises: PendingPromises
  readonly timers: Timers
  readonly steps: Steps
  readonly children: Children
  readonly externalSignals: ExternalSignals
  readonly inbox: Inbox
  readonly markers: Markers
  /** Scope of the execution itself. */
  readonly root: Scope
}

/**
 * Creates the runtime of an execution.
 * @param limits limits of the environment: maximum heartbeat time-out, and maximum payload length in characters
 * @param seed seeds the jitter of this execution's retries, the same in every replay
 */
export function createExecutionRuntime(
  signals: Signals,
  log: Logger,
  limits: { readonly heartbeat: Duration | undefined; readonly payload: number },
  seed: string,
): ExecutionRuntime {
  const commands = createCommands(limits.payload === Infinity ? Infinity : maxDecisionsSize)
  const timers = createTimers(commands)
  return {
    commands,
    timers,
    pendingPromises: createPendingPromises(),
    steps: createSteps(commands, timers, limits, seed),
    children: createChildren(commands, limits.payload),
    externalSignals: createExternalSignals(commands, limits.payload),
    inbox: createInbox(signals, timers, log),
    markers: createMarkers(commands, limits.payload),
    root: createScope(),
  }
}

/** Delivers an event to what it concerns. */
export function deliver(runtime: ExecutionRuntime, event: Exclude<WorkflowEvent, { kind: 'started' }>): void {
  switch (event.kind) {
    case 'cancelRequested':
      return runtime.root.cancel()
    case 'retryNow':
      return runtime.timers.hasten(retryTimerId(event.id))
    case 'signaled':
      return runtime.inbox.deliver(event)
    case 'signalSent':
      return runtime.externalSignals.deliver(event)
    case 'timerFired':
    case 'timerRefused':
      return runtime.timers.deliver(event)
    case 'childCompleted':
    case 'childEnded':
      return runtime.children.deliver(event)
    default:
      return runtime.steps.deliver(event)
  }
}

/** Counts what the code can still await: at zero, code that has not ended is stuck. */
export function countPending({ timers, steps, children, externalSignals, inbox }: ExecutionRuntime): number {
  return timers.open() + steps.open() + children.open() + externalSignals.open() + inbox.open()
}
