import { Type, type Static } from 'typebox'
import { ArticleRun } from './article-run.ts'

/** The outcome of a step whose service is busy (429). It is not a failure, and uses up no attempt. */
export type Busy = Static<typeof Busy>
export const Busy = Type.Object({
  /** Seconds until the service is to be tried again. */
  busyFor: Type.Integer({ minimum: 1 }),
})

/** The input of a step that may find its service busy, with how often it has been in this run. */
export const PatientRun = Type.Object({
  ...ArticleRun.properties,
  busyBefore: Type.Optional(Type.Integer({ minimum: 0 })),
})

/** Seconds to wait: where the service does not say how long, and the minimum after so many busy answers, whatever it says. */
const pauses = { default: 30, min: { atFirst: 1, after20: 60, after200: 600 } }

/**
 * Returns the seconds to wait for a busy service: as long as it says. One that is busy for hours is tried less often, so
 * that the history of the execution has room for the seven days that it may last.
 */
export function busyPause(retryAfter: number | undefined, busyBefore = 0): number {
  const { atFirst, after20, after200 } = pauses.min
  const min = busyBefore < 20 ? atFirst : busyBefore < 200 ? after20 : after200
  return Math.ceil(Math.max(retryAfter ?? pauses.default, min))
}
