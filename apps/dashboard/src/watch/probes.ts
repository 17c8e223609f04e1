import { statfs } from 'node:fs/promises'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { HeadBucketCommand } from '@aws-sdk/client-s3'
import { ListOpenWorkflowExecutionsCommand } from '@aws-sdk/client-swf'
import type { Clients } from '@continuum/aws-resources'
import { readAnswer, request } from '@continuum/service'
import { Type } from 'typebox'
import type { Dependency, Trouble } from '../store/dependencies.ts'

/** Looks at one thing: returns what is wrong with it, throws where it does not answer. */
export type Probe = (signal: AbortSignal) => Promise<Trouble | undefined>

/** The addresses that the probes ask. */
export interface Watched {
  readonly clients: Clients
  readonly domain: string
  readonly queueUrl: string
  readonly bucket: string
  readonly laxUrl: string
  /** A folder on the disk whose free space counts. */
  readonly disk: string
}

/** Below this PostgreSQL and aws-local soon cannot write. */
export const leastFreeBytes = 200 * 1024 * 1024

const seconds = 1_000
const timeoutMilliseconds = 10 * seconds
const LaxStatus = Type.Object({
  checks: Type.Record(Type.String(), Type.Object({ ok: Type.Boolean(), message: Type.Optional(Type.String()) })),
})

/** Creates the probes of an environment. */
export function probesOf(watched: Watched): Record<Dependency, Probe> {
  const { clients, domain, queueUrl, bucket, laxUrl, disk } = watched
  return {
    lax: (signal) => probeLax(laxUrl, signal),
    SWF: async (abortSignal) => {
      const startTimeFilter = { oldestDate: new Date() }
      const command = new ListOpenWorkflowExecutionsCommand({ domain, startTimeFilter, maximumPageSize: 1 })
      await clients.swf.send(command, { abortSignal })
      return undefined
    },
    SQS: async (abortSignal) => {
      const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] })
      await clients.sqs.send(command, { abortSignal })
      return undefined
    },
    S3: async (abortSignal) => {
      await clients.s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal })
      return undefined
    },
    disk: async () => {
      const { bavail, bsize } = await statfs(disk)
      return judgeDisk(bavail * bsize)
    },
  }
}

async function probeLax(laxUrl: string, signal: AbortSignal): Promise<Trouble | undefined> {
  const answer = await request({ service: 'lax', url: `${laxUrl}/status`, timeoutMilliseconds, signal })
  if (answer.status === 200) return undefined
  const failing = Object.entries(readAnswer(LaxStatus, answer)?.checks ?? {}).filter(([, { ok }]) => !ok)
  const said = failing.map(([check, { message }]) => `${check}: ${message ?? 'failing'}`).join('; ')
  return { problem: `lax, the article store, answers ${answer.status}${said && ` (${said})`}.`, advice: adviceFor.lax }
}

/** Judges the free space of a disk, in bytes. */
export function judgeDisk(free: number): Trouble | undefined {
  if (free >= leastFreeBytes) return undefined
  const megabytes = Math.floor(free / 1024 / 1024)
  return { problem: `The disk is nearly full: ${megabytes} MB are free.`, advice: adviceFor.disk }
}

/** Words a look that got no answer. */
export function noAnswer(name: Dependency, error: unknown): Trouble {
  const reason = error instanceof Error ? error.message || error.name : String(error)
  return { problem: `${known[name]} does not answer (${reason}).`, advice: adviceFor[name] }
}

const known: Record<Dependency, string> = {
  lax: 'lax, the article store,',
  SWF: 'SWF',
  SQS: 'SQS',
  S3: 'S3',
  disk: 'The disk',
}

const aws =
  'Locally: `npm run continuum -- status` shows whether aws-local runs, its log why not. In AWS: look at its health page, the network and the credentials of the process.'
const adviceFor: Record<Dependency, string> = {
  lax: 'Look at its log and start it again. Runs that need it wait for twelve minutes and go on by themselves; run those again that have failed.',
  SWF: `Runs stand still, and go on by themselves when it answers. ${aws}`,
  SQS: `Deliveries, requests and news of runs wait, and are taken when it answers. ${aws}`,
  S3: `Packages cannot be read and files cannot be published; runs try again by themselves for a while. ${aws}`,
  disk: 'Free some space, or give it a larger disk. Until then deliveries are refused and runs may fail; run those again afterwards.',
}
