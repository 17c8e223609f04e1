import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { play } from '../testing/internal/swf-player.ts'
import { readRecording, type RecordedEvent } from '../testing/internal/swf-recording.ts'

/**
 * Histories of live SWF, reproduced: each recorded history is played to the local server as the calls that led to it, at their
 * recorded times, and must come out the same: events, their order and times, attributes present and absent, and the description of
 * the execution.
 */
const folder = new URL('../../../../../shared/swf-recordings/', import.meta.url)
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []

describe.skipIf(files.length === 0)('recordings of live SWF (skipped where ../shared/swf-recordings is absent)', () => {
  test.each(files)('%s', async (file) => {
    const recording = readRecording(readFileSync(new URL(file, folder), 'utf8'))
    const ours = await play(recording)
    expect(ours.workflowType).toEqual(recording.workflowType)
    if (recording.openExecutions !== undefined) expect(ours.openExecutions).toEqual(recording.openExecutions)
    if (recording.history.length === 0) return
    expect(withoutChildDelay(ours.history)).toEqual(withoutChildDelay(recording.history))
    expect(ours.description).toEqual(recording.description)
  })
})

/** Live, a child starts some 90 ms after its initiation; here it starts with it. */
function withoutChildDelay(history: RecordedEvent[]): RecordedEvent[] {
  const started = history.findIndex(({ eventType }) => eventType === 'ChildWorkflowExecutionStarted')
  return history.map((event, at) =>
    started !== -1 && at >= started && at <= started + 1 ? { ...event, eventTimestamp: 0 } : event,
  )
}
