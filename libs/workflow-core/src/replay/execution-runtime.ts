import type { Signals } from '../declare/workflow-tools.ts'
import { createCommands, type Commands } from '../history/command.ts'
import type { Happening } from '../history/workflow-event.ts'
import { createChildren, type Children } from './awaitables/children.ts'
import { createInbox, type Inbox } from './awaitables/inbox.ts'
import { createWaits, type Waits } from './awaitables/pending-promises.ts'
import { createScope, type Scope } from './awaitables/scope.ts'
import { createSignalling, type Signalling } from './awaitables/signalling.ts'
import { createSteps, type Steps } from './awaitables/steps.ts'
import { createTimers, type Timers } from './awaitables/timers.ts'
import { createMarkers, type Markers } from './markers.ts'
import type { Duration } from '../values/duration.ts'
import type { Logger } from '../values/logger.ts'

/** Everything that one execution can wait for or ask for. */
export interface Parts {
  readonly commands: Commands
  readonly waits: Waits
  readonly timers: Timers
  readonly steps: Steps
  readonly children: Children
  readonly signalling: Signalling
  readonly inbox: Inbox
  readonly markers: Markers
  /** The scope of the execution itself. */
  readonly root: Scope
}

/**
 * @param limits what the environment adds: a cap on heartbeat time-outs, and how many characters a value may have
 * @param seed what chance is drawn from in this execution: the same in every replay
 */
export function createParts(
  signals: Signals,
  log: Logger,
  limits: { readonly heartbeat: Duration | undefined; readonly payload: number },
  seed: string,
): Parts {
  const commands = createCommands()
  const timers = createTimers(commands)
  return {
    commands,
    timers,
    waits: createWaits(),
    steps: createSteps(commands, timers, limits, seed),
    children: createChildren(commands, limits.payload),
    signalling: createSignalling(commands, limits.payload),
    inbox: createInbox(signals, timers, log),
    markers: createMarkers(commands, limits.payload),
    root: createScope(),
  }
}

/** Tells the part that it concerns. */
export function deliver(parts: Parts, happening: Exclude<Happening, { kind: 'started' }>): void {
  switch (happening.kind) {
    case 'cancelRequested':
      return parts.root.cancel()
    case 'signaled':
      return parts.inbox.deliver(happening)
    case 'signalSent':
      return parts.signalling.deliver(happening)
    case 'timerFired':
    case 'timerRefused':
      return parts.timers.deliver(happening)
    case 'childCompleted':
    case 'childEnded':
      return parts.children.deliver(happening)
    default:
      return parts.steps.deliver(happening)
  }
}

/** How many things can still come: with none, code that has not ended never will. */
export function open({ timers, steps, children, signalling, inbox }: Parts): number {
  return timers.open() + steps.open() + children.open() + signalling.open() + inbox.open()
}
