import { startAwsLocal, type AwsLocalOptions } from '@continuum/aws-local'
import { onTestFinished, vi } from 'vitest'
import { createClients, createPollingClients } from './connect/clients.ts'

/** Starts an aws-local for one test, with the clients that our processes use; all are closed after the test. */
export async function startTestAws(options: AwsLocalOptions = {}) {
  const aws = await startAwsLocal(options)
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  const polling = createPollingClients({ region: 'us-east-1' })
  onTestFinished(async () => {
    for (const client of [...Object.values(clients), ...Object.values(polling)]) client.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  return { aws, clients, polling }
}

/** A clock that stands still until the test advances it. */
export function stillClock(start = Date.UTC(2016, 7, 2)) {
  let now = start
  const due = new Map<() => void, number>()
  return {
    now: () => now,
    schedule(at: number, work: () => void) {
      due.set(work, at)
      return () => due.delete(work)
    },
    advance(seconds: number) {
      now += seconds * 1000
      for (const [work, at] of [...due].toSorted(([, a], [, b]) => a - b)) if (at <= now && due.delete(work)) work()
    },
  }
}
