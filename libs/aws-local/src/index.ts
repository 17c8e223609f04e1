import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { endingClock, realClock, type Clock } from './time/clock.ts'
import { injectFaults } from './faults/inject.ts'
import { createFaults, type FaultRule, type Faults } from './faults/rules.ts'
import type { ServerContext, HttpService } from './shared/context.ts'
import type { ServiceName } from './shared/aws-error.ts'
import { createS3 } from './s3/index.ts'
import { createAwsServer } from './server.ts'
import { secrets, type Keys } from './signature/keys.ts'
import { createSqs } from './sqs/index.ts'
import { openStore } from './store.ts'
import { viewBucket, type BucketView } from './control/bucket.ts'
import { viewDomain, type DomainView } from './control/domain.ts'
import { viewQueue, type QueueView } from './control/queue.ts'
import { createAdmin } from './control/admin.ts'
import { regionOf } from './shared/region.ts'
import { createSwf } from './swf/index.ts'

export { realClock, type Cancel, type Clock } from './time/clock.ts'
export type { FaultRule, Faults, When } from './faults/rules.ts'
export { parseKeys, InvalidKeysError, type Keys } from './signature/keys.ts'
export type { BucketView, ObjectView } from './control/bucket.ts'
export type { DomainView, ExecutionView, HistoryEvent } from './control/domain.ts'
export type { MessageView, QueueView } from './control/queue.ts'
export {
  ActivityCanceledError,
  type TestWorker,
  type TestWorkerOptions,
  type TestActivityTask,
  type TestActivity,
} from './control/test-worker.ts'
export { TimeNotVirtualError, type DomainTime, type TimeView } from './control/time.ts'
export { NewerDataFolderError } from './migration.ts'
export { DataFolderInUseError } from './store.ts'
export { InvalidHistoryError } from './swf/operation/history-import.ts'
export { virtualClock, type VirtualClock } from './time/virtual-clock.ts'

/** Options of {@link startAwsLocal}. */
export interface AwsLocalOptions {
  /** Port; 0 (the default) takes a free one. */
  port?: number
  /** Address to listen on, default 127.0.0.1: this machine only. Any other address makes the server reachable from outside. */
  host?: string
  /** Folder in which data survives restarts; absent: a temporary folder, removed by `close()`. */
  data?: string
  /** Source of time; default: the wall clock. */
  clock?: Clock
  /** Seconds for which an empty SWF poll is held; default 55 (AWS holds 60, which leaves clients no margin). */
  pollSeconds?: number
  /**
   * Secrets by access key id. If given, signatures are verified, and other keys rejected. Absent: any credentials are accepted, and
   * only presigned S3 URLs are checked, with the secret `local`.
   */
  keys?: Keys
  /** AWS faults to inject from the start; add more with {@link AwsLocal.faults}. */
  faults?: readonly FaultRule[]
  /** Account id in ARNs and queue URLs; default 123456789012. */
  account?: string
  /**
   * Default region of requests and of the methods of {@link AwsLocal}; default us-east-1. As on AWS, domains and queues belong to a
   * region.
   */
  region?: string
}

/** A running server. */
export interface AwsLocal extends AsyncDisposable {
  /** The value for `endpoint` or `AWS_ENDPOINT_URL`. */
  readonly url: string
  readonly clock: Clock
  /** The AWS faults to inject. */
  readonly faults: Faults
  /** In-process access to an SWF domain: its time, its executions, a test worker, import of histories. */
  domain(name: string, region?: string): DomainView
  /** In-process access to a queue. */
  queue(name: string, region?: string): QueueView
  /** In-process access to a bucket. */
  bucket(name: string): BucketView
  /** Stops at once: open polls are cut off, answered requests are kept. */
  close(): Promise<void>
}

/**
 * Starts SWF, SQS and S3 on one port of this machine.
 * @throws {DataFolderInUseError} if another process has `data` open
 * @throws {NewerDataFolderError} if a later version wrote `data`
 * @example
 * await using aws = await startAwsLocal()
 * const swf = new SWFClient({ endpoint: aws.url, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local'
 * } })
 */
export async function startAwsLocal(options: AwsLocalOptions = {}): Promise<AwsLocal> {
  const { port = 0, host = '127.0.0.1', clock = realClock(), pollSeconds = 55 } = options
  const faults = createFaults(options.faults)
  const { account = '123456789012', region = 'us-east-1' } = options
  const store = await openStore(region, options.data)
  const ending = endingClock(clock)
  let url = ''
  const context: ServerContext = {
    db: store.db,
    transaction: store.transaction,
    durable: store.durable,
    lasting: store.lasting,
    clock: ending.clock,
    files: store.files,
    account,
    region,
    pollMs: pollSeconds * 1000,
    url: () => url,
  }
  const sqs = createSqs(context, {
    duplicates: () => faults.trigger('sqs', 'ReceiveMessage', 'duplicate delivery') !== undefined,
  })
  const secretOf = secrets(options.keys)
  const swf = createSwf(context)
  const s3 = createS3(context, {
    sqs,
    secretOf,
    signedBy: options.keys && secretOf,
    staleness: (operation) => faults.trigger('s3', operation, 'stale list') ?? 0,
  })
  const nowIn = (request: IncomingMessage, domain: string) => swf.in(regionOf(request, region)).engine.times.now(domain)
  const faulty = (name: ServiceName, service: HttpService) =>
    injectFaults(faults, { clock: context.clock, nowIn }, name, service)
  const ended = new AbortController()
  const domain = (name: string, where = region) => viewDomain(swf.in(where), sqs.skip, name, ended.signal)
  const server = createAwsServer(
    {
      swf: faulty('swf', swf.service),
      sqs: faulty('sqs', sqs.service),
      s3: faulty('s3', s3.service),
      admin: createAdmin((where, name) => domain(name, where).time, region, context),
    },
    { hosts: ['127.0.0.1', 'localhost', '[::1]', named(host)], ...(options.keys && { secretOf }) },
  )

  const stop = async () => {
    ending.end()
    ended.abort()
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
    store.close()
  }
  let stopped: Promise<void> | undefined
  const close = () => (stopped ??= stop())
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    ending.end()
    store.close()
    throw error
  }
  const address = server.address()
  url = `http://${named(host)}:${typeof address === 'object' && address !== null ? address.port : port}`
  return {
    url,
    clock,
    faults,
    domain,
    queue: (name, where = region) => viewQueue(sqs.in(where), name),
    bucket: (name) => viewBucket(s3.within, name),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A host as written in a URL. */
const named = (host: string): string => (host.includes(':') ? `[${host}]` : host.toLowerCase())
