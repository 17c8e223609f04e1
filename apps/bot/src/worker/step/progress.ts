/** Tells how far a step is: how many of how many are done. */
export type Progress = (done: number, of: number) => void

/** The least time between two messages about a step. */
const minMilliseconds = 2_000
/** The most messages about an attempt, however long it takes. */
const maxMessages = 20

/**
 * Creates the progress of an attempt: it is told every few seconds, for a twentieth of the whole at least, so that neither a
 * queue nor a table grows with the number of figures. The end is not told, since the end of the step says it.
 *
 * @param tell tells somebody a count
 */
export function createProgress(tell: (done: number, of: number) => void): Progress {
  let [toldAt, toldDone] = [performance.now(), 0]
  return (done, of) => {
    const now = performance.now()
    if (done >= of || now - toldAt < minMilliseconds || done - toldDone < of / maxMessages) return
    ;[toldAt, toldDone] = [now, done]
    tell(done, of)
  }
}
