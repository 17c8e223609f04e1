/**
 * Creates a signal that aborts after a time, unless it is released before. For code that runs hundreds of times a second:
 * `AbortSignal.timeout` keeps each timer until it fires.
 * @param parent a signal that aborts it too
 */
export function timeLimit(
  milliseconds: number,
  parent?: AbortSignal,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const limit = new AbortController()
  const over = () => limit.abort(new DOMException(`It took longer than ${milliseconds} ms.`, 'TimeoutError'))
  const timer = setTimeout(over, milliseconds)
  timer.unref()
  const stop = () => limit.abort(parent?.reason)
  if (parent?.aborted === true) stop()
  parent?.addEventListener('abort', stop, { once: true })
  return {
    signal: limit.signal,
    release: () => {
      clearTimeout(timer)
      parent?.removeEventListener('abort', stop)
    },
  }
}
