import type { Implementation } from '@continuum/workflow-core'
import { implementAdvance } from './advance.ts'
import { implementAsk } from './ask.ts'
import { implementNext } from './next.ts'
import { implementSend } from './send.ts'
import type { WorkTools } from './tools.ts'

/** Returns everything that the worker of the deposits can run. */
export function implementations(tools: WorkTools): readonly Implementation[] {
  return [implementAdvance(tools), implementNext(tools), implementSend(tools), implementAsk(tools)]
}
