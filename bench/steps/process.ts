/** The decider or the worker of the bench, as a process of its own: `node bench/steps/process.ts decider|worker`. */
import { SWFClient } from '@aws-sdk/client-swf'
import { implement, startDecider, startWorker } from '@continuum/workflow-core'
import { domain, nothing, steps, taskLists } from './workflow.ts'

const client = () => new SWFClient({ region: 'us-east-1' })
const quiet = { debug: () => {}, info: () => {}, warn: console.error, error: console.error }
const swf = client()

if (process.argv[2] === 'decider') {
  startDecider({ swf, domain, taskList: taskLists.decisions, workflows: [steps], concurrency: 20, logger: quiet })
} else {
  const implementations = [implement(nothing, async (input) => input)]
  startWorker({
    swf,
    pollingSwf: client(),
    domain,
    taskList: taskLists.activities,
    implementations,
    concurrency: 20,
    logger: quiet,
  })
}
