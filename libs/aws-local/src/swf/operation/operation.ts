import type { Reply } from '../wire/http.ts'
import type { Swf } from './swf.ts'
import { accept, type Shape } from '../wire/shape.ts'

/** Who asked: `onGone` is told when the answer can no longer reach them. */
export interface Caller {
  onGone(listener: () => void): void
}

/** An operation over a request as it came: checked first, then done. */
export type Operation = (swf: Swf, body: unknown, caller: Caller) => Reply | undefined | Promise<Reply>

export function operation<I>(
  input: Shape<I>,
  run: (swf: Swf, input: I, caller: Caller) => Reply | undefined | void | Promise<Reply>,
): Operation {
  return (swf, body, caller) => run(swf, accept(input, body), caller) ?? undefined
}
