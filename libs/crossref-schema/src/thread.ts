import { parentPort } from 'node:worker_threads'
import type { Answer } from './apart.ts'
import { depositProblems } from './validate.ts'

// The thread of `depositProblemsApart`: it answers each deposit in turn.
parentPort?.on('message', (deposit: Uint8Array | string) => parentPort?.postMessage(answerTo(deposit), []))

function answerTo(deposit: Uint8Array | string): Answer {
  try {
    return { problems: depositProblems(deposit) }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}
