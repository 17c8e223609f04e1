import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DepositProblem } from './validate.ts'

/** The answer of a thread to a deposit. */
export type Answer = { readonly problems: readonly DepositProblem[] } | { readonly error: Error }

interface Thread {
  readonly worker: Worker
  /** The calls that wait, in their order: a thread answers in that order. */
  readonly waiting: PromiseWithResolvers<readonly DepositProblem[]>[]
}

let thread: Thread | undefined

/**
 * Checks a deposit as `depositProblems` does, in a thread of its own: the process answers others while the schema is compiled, which happens
 * at the first call. The thread stays for later calls and does not keep the process alive while nobody waits for it.
 */
export function depositProblemsApart(deposit: Uint8Array | string): Promise<readonly DepositProblem[]> {
  const { worker, waiting } = (thread ??= start())
  const asked = Promise.withResolvers<readonly DepositProblem[]>()
  waiting.push(asked)
  worker.ref()
  worker.postMessage(deposit, [])
  return asked.promise
}

function start(): Thread {
  // The module beside this one: of TypeScript in the repository, of JavaScript where the package is installed.
  const module = new URL(`./thread${extname(new URL(import.meta.url).pathname)}`, import.meta.url)
  // Options of the process, such as --input-type, are about its own first module.
  const worker = new Worker(module, { execArgv: [] })
  const started: Thread = { worker, waiting: [] }
  worker.on('message', (answer: Answer) => {
    const asked = started.waiting.shift()
    if ('error' in answer) asked?.reject(answer.error)
    else asked?.resolve(answer.problems)
    if (started.waiting.length === 0) worker.unref()
  })
  // The next call starts another thread.
  const end = (error: Error) => {
    if (thread === started) thread = undefined
    for (const asked of started.waiting.splice(0)) asked.reject(error)
  }
  worker.on('error', end)
  worker.on('exit', (code) => end(new Error(`The thread that checks deposits ended (exit code ${code})`)))
  return started
}
