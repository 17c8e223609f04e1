import { Type, type Static } from 'typebox'

/**
 * What SWF carries as an activity's input: the step's own input with what the worker must know of the attempt. So the
 * decider alone decides about attempts and heartbeats, and every worker obeys.
 */
export const TaskInput = Type.Object({
  attempt: Type.Integer({ minimum: 1 }),
  attempts: Type.Integer({ minimum: 1 }),
  /** Heartbeat time-out in seconds; absent: none. */
  heartbeat: Type.Optional(Type.Integer({ minimum: 1 })),
  /** What the attempt before said last. */
  lastHeartbeat: Type.Optional(Type.Unknown()),
  input: Type.Optional(Type.Unknown()),
})
export type TaskInput = Static<typeof TaskInput>
