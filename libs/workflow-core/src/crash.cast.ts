import { SWFClient } from '@aws-sdk/client-swf'
import { appendFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { activity } from './activity.ts'
import { startDecider } from './decider.ts'
import { implement } from './implement.ts'
import { silent } from './logger.ts'
import { startWorker } from './worker.ts'
import { workflow } from './workflow.ts'

/**
 * The processes that crash.test kills: `node crash.cast.ts decider URL` and `node crash.cast.ts worker URL FILE`. Each
 * effect of the worker is a line of the file; where a line says `boom`, the process dies between effect and answer.
 */
export const mark = activity({
  name: 'Mark',
  version: '1',
  input: Type.Object({ line: Type.String() }),
  output: Type.Object({ attempt: Type.Integer() }),
  timeouts: { run: '1m', heartbeat: '5s' },
  retry: { attempts: 30, first: '1s', factor: 1, longest: '1s' },
})

export const marking = workflow(
  { name: 'Marking', version: '1', input: Type.Void(), output: Type.Integer(), timeout: '7d', uses: { mark } },
  async (ctx) => {
    const { workflowId } = ctx.execution
    const made = await Promise.all(['a', 'b', 'boom'].map((key) => ctx.mark({ line: `${workflowId} ${key}` }, { key })))
    await ctx.sleep('5s')
    await ctx.mark({ line: `${workflowId} end` }, { key: 'end' })
    return made.length
  },
)

const marked = (file: string) =>
  implement(mark, async ({ line }, { attempt }) => {
    await appendFile(file, `${line} ${attempt}\n`)
    if (line.endsWith('boom') && attempt === 1) process.kill(process.pid, 'SIGKILL')
    return { attempt }
  })

if (import.meta.main) {
  const [role, endpoint = '', file = ''] = process.argv.slice(2)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const connect = () => new SWFClient({ endpoint, region: 'us-east-1', credentials })
  const common = { domain: 'Publish.test', concurrency: 2, logger: silent }
  if (role === 'decider') {
    startDecider({ ...common, swf: connect(), taskList: 'decisions', workflows: [marking] })
  } else {
    const swf = { swf: connect(), pollingSwf: connect() }
    startWorker({ ...common, ...swf, taskList: 'activities', implementations: [marked(file)] })
  }
}
