import { createServiceHealth } from '@continuum/service'
import { expect, test } from 'vitest'
import { recordProcessLooks } from '../store/process-looks.ts'
import { recordQueueLooks } from '../store/queue-looks.ts'
import { startDatabase } from '../web/dashboard.fixture.ts'
import { countLooks } from './metrics.ts'

test('metrics tell the depth of queues, and how many tasks of a process run and were replaced', async () => {
  await using database = await startDatabase()
  const { sql } = database
  const health = createServiceHealth('dashboard')
  countLooks(health, sql, { PROCESSES: [{ name: 'worker', address: 'http://127.0.0.1:9' }] })
  const messages = { waiting: 3, underWay: 2, dead: 1 }
  await recordQueueLooks(sql, [{ role: 'starter', name: 'starter-queue', messages }], Date.now())
  const task = { service: 'lax', version: null, ready: true, memoryBytes: 1, cpuSeconds: 1, pollers: [] }
  const starts = ['2026-11-30T11:00:00Z', '2026-11-30T12:00:00Z']
  for (const [index, startedAt] of starts.entries())
    await recordProcessLooks(
      sql,
      [{ ...task, instance: `${index}`, address: '10.0.0.1:4680', startedAt }],
      Date.parse(startedAt) + 60_000,
    )
  const text = await health.registry.metrics()
  for (const sample of [
    'continuum_queue_messages{queue="starter",state="waiting"} 3',
    'continuum_queue_messages{queue="starter",state="in flight"} 2',
    'continuum_queue_messages{queue="starter",state="dead"} 1',
    'continuum_process_tasks{process="lax"} 1',
    'continuum_process_tasks{process="worker"} 0',
    'continuum_process_restarts{process="lax"} 1',
  ])
    expect(text).toContain(`${sample}\n`)
})
