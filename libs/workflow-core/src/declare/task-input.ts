import { Type, type Static } from 'typebox'

/**
 * The input of an activity task in SWF: the step's own input together with what the worker must know about the attempt.
 * The decider alone controls attempts and heartbeats; workers follow.
 */
export const TaskInput = Type.Object({
  attempt: Type.Integer({ minimum: 1 }),
  /** Maximum number of attempts. */
  attempts: Type.Integer({ minimum: 1 }),
  /** Heartbeat time-out in seconds; absent: no heartbeats. */
  heartbeat: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Last heartbeat details of the previous attempt. */
  lastHeartbeat: Type.Optional(Type.Unknown()),
  input: Type.Optional(Type.Unknown()),
})
export type TaskInput = Static<typeof TaskInput>
