import { Type, type Static } from 'typebox'
import { ArticleRun } from './article-run.ts'

/** What a step says instead of its output when the service that it needs has no room for it now: no failure. */
export type Busy = Static<typeof Busy>
export const Busy = Type.Object({
  /** Seconds until it is to be asked again. */
  busyFor: Type.Integer({ minimum: 1 }),
})

/** The input of a step that may find its service busy: with how often it has in this run. */
export const PatientRun = Type.Object({
  ...ArticleRun.properties,
  busyBefore: Type.Optional(Type.Integer({ minimum: 0 })),
})

/** Where the service does not say how long; and after how many times, however short it says, in seconds. */
const pauses = { unsaid: 30, atLeast: { first: 1, after20: 60, after200: 600 } }

/**
 * How long a busy service is left alone, in seconds: as long as it says. One that is busy for hours is asked less often, so
 * that the history of the execution has room for all of the seven days that it may last.
 */
export function busyPause(retryAfter: number | undefined, busyBefore = 0): number {
  const { first, after20, after200 } = pauses.atLeast
  const least = busyBefore < 20 ? first : busyBefore < 200 ? after20 : after200
  return Math.ceil(Math.max(retryAfter ?? pauses.unsaid, least))
}
