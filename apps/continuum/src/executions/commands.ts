import { exportHistory, historyInWords, NothingToRerun, PayloadTooLarge } from '@continuum/workflow-core'
import type { Command } from 'commander'
import { Refusal } from '../errors/user-error.ts'
import { askingExecutions } from './environment-client.ts'
import { findRun } from './find-run.ts'

interface Options {
  readonly run?: string
  readonly env: string
  readonly data: string
}

/** `continuum history` and `continuum rerun`: what one execution did, and how it is gone on with after a failure. */
export function executionCommands(program: Command, base: string, dataOption: readonly [string, string, string]): void {
  const about = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('<workflowId>', 'the execution, such as article-00353')
      .option('--run <runId>', 'which run of it; the open one where absent, or else the last')
      .option('--env <name>', 'the environment', 'local')
      .option(...dataOption)

  about('history', 'each step of an execution: attempts, time-outs, why it failed, what it waits for')
    .option('--json', 'as `aws swf get-workflow-execution-history` writes it', false)
    .action(async (workflowId: string, { json, run, ...which }: Options & { json: boolean }) => {
      await askingExecutions({ ...which, base }, async (executions) => {
        const found = await findRun(executions, workflowId, run)
        const events = await Array.fromAsync(executions.history(found))
        if (json) return console.log(JSON.stringify(exportHistory(events), null, 4))
        console.log(`${found.workflowId}, ${found.workflow}, ${found.status}; run ${found.runId}\n`)
        console.log(historyInWords(events))
      })
    })

  about('rerun', 'begin a failed execution again at the step that failed: what is done is not done again').action(
    async (workflowId: string, { run, ...which }: Options) => {
      await askingExecutions({ ...which, base }, async (executions) => {
        const found = await findRun(executions, workflowId, run)
        const { started, runId } = await executions.rerun(found).catch(refused)
        if (!started) {
          throw new Refusal(
            `${workflowId} is open: nothing was started. What it waits for: npm run -s continuum -- history ${workflowId}`,
          )
        }
        console.log(`${workflowId} goes on from the step that failed (${found.status} run ${found.runId}).`)
        console.log(`Its new run is ${runId}. Follow it: npm run -s continuum -- history ${workflowId}`)
      })
    },
  )
}

/** What its user can understand and mend, in one line. */
function refused(error: unknown): never {
  if (error instanceof NothingToRerun || error instanceof PayloadTooLarge) throw new Refusal(error.message)
  throw error
}
