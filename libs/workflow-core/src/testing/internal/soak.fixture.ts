import { createHash } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { SWFClient } from '@aws-sdk/client-swf'
import { startDecider } from '../../processes/decider.ts'
import { PermanentFailure } from '../../values/errors.ts'
import { implement } from '../../declare/implement.ts'
import { silent } from '../../values/logger.ts'
import { anyPlan, child, step } from './random-workflow.ts'
import { startWorker } from '../../processes/worker.ts'

/**
 * The processes that a soak test kills: `node soak.fixture.ts decider URL` and `node soak.fixture.ts worker URL FILE`. Each
 * effect of the worker is a line of the file: execution, run, attempt. The outcome of an attempt is derived from these:
 * most complete, some fail, and some kill their process between effect and response.
 */
const doing = (file: string) =>
  implement(step, async (_, { info, heartbeat }) => {
    const effect = `${info.workflowId} ${info.runId} ${info.activityId}`
    await appendFile(file, `${effect}\n`)
    const fate = createHash('sha256').update(effect).digest().readUInt8() % 64
    heartbeat({ fate })
    if (fate < 1) process.kill(process.pid, 'SIGKILL')
    if (fate < 4) throw new PermanentFailure('never')
    if (fate < 8) throw new Error('busy')
    if (fate < 12) await setTimeout(20)
    return 'done'
  })

const [role, endpoint = '', file = ''] = process.argv.slice(2)
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const connect = () => new SWFClient({ endpoint, region: 'us-east-1', credentials })
const common = {
  domain: 'Publish.test',
  logger: silent,
  stallTimeout: process.env['STALL_TIMEOUT'] === '1s' ? '1s' : '3m',
} as const
const loop =
  role === 'decider'
    ? startDecider({ ...common, concurrency: 4, swf: connect(), taskList: 'decisions', workflows: [anyPlan, child] })
    : startWorker({
        ...common,
        concurrency: 8,
        swf: connect(),
        pollingSwf: connect(),
        taskList: 'activities',
        implementations: [doing(file)],
      })
process.on('SIGTERM', () => void loop.stop(400).then(() => process.exit(0)))
