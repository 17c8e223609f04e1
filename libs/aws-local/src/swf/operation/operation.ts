import type { Swf } from '../service.ts'
import { accept, type Shape } from '../shape/shape.ts'

/** Who asked: `onGone` is told when the answer can no longer reach them. */
export interface Caller {
  onGone(listener: () => void): void
}

/** What is answered: members of the reply, or nothing at all. `events` are JSON already. */
export type Reply = { readonly [member: string]: unknown; readonly events?: readonly string[] }

/** An operation over a request as it came: checked first, then done. */
export type Operation = (swf: Swf, body: unknown, caller: Caller) => Reply | undefined | Promise<Reply>

export function operation<I>(
  input: Shape<I>,
  run: (swf: Swf, input: I, caller: Caller) => Reply | undefined | void | Promise<Reply>,
): Operation {
  return (swf, body, caller) => run(swf, accept(input, body), caller) ?? undefined
}
