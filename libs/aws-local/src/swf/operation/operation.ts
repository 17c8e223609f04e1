import type { Reply } from '../wire/http.ts'
import type { Swf } from './swf.ts'
import { accept, type Shape } from '../wire/shape.ts'

/** The client of a call; `onGone` listeners run when it disconnects. */
export interface Caller {
  onGone(listener: () => void): void
}

/** An operation on a request body: validated, then run. */
export type Operation = (swf: Swf, body: unknown, caller: Caller) => Reply | undefined | Promise<Reply>

export function operation<I>(
  input: Shape<I>,
  run: (swf: Swf, input: I, caller: Caller) => Reply | undefined | void | Promise<Reply>,
): Operation {
  return (swf, body, caller) => run(swf, accept(input, body), caller) ?? undefined
}
