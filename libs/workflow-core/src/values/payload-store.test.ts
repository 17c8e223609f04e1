import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { type HistoryEvent, paginateGetWorkflowExecutionHistory } from '@aws-sdk/client-swf'
import { Type } from 'typebox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startAwsLocal } from '@continuum/aws-local'
import { activity } from '../declare/activity.ts'
import { implement } from '../declare/implement.ts'
import { workflow } from '../declare/workflow.ts'
import { decide } from '../replay/decide.ts'
import { createTestClock } from '../testing/clock.ts'
import { buildHistory } from '../testing/internal/history-builder.ts'
import { replay } from '../testing/replay.ts'
import { startTestEnvironment, type TestEnvironment } from '../testing/test-environment.ts'
import { PayloadNotFoundError } from './errors.ts'
import type { Execution } from './execution.ts'
import type { PayloadStore } from './payload-store.ts'
import { s3Store } from './s3-store.ts'

/** Values that are longer than the 32,768 characters that SWF takes: without a store, and with one on the local S3. */

const Text = Type.String()
const long = (what: string) => what.repeat(40_000)
const retry = { maxAttempts: 3, initialInterval: '1s', backoffCoefficient: 1, maxInterval: '1s' } as const
const echo = activity({
  name: 'Echo',
  version: '1',
  input: Text,
  output: Text,
  timeouts: { startToClose: '1m' },
  retry,
})
const declared = { version: '1', input: Text, output: Text, timeout: '7d', uses: { echo } } as const
const echoing = workflow({ ...declared, name: 'Echoing' }, async (ctx, text) => ctx.echo(text))

/** A workflow that hands a long value to whatever takes one, and gets one back from whatever gives one. */
const child = workflow({ ...declared, name: 'Child', signals: { word: Text } }, async (ctx, text) => {
  const word = await ctx.signal('word')
  return `${text.slice(1)}${word.slice(1)}`
})
const everywhere = workflow(
  { ...declared, name: 'Everywhere', uses: { echo, child }, signals: { word: Text } },
  async (ctx, text) => {
    if (text.startsWith('again')) return ctx.echo(text)
    const kept = ctx.sideEffect('kept', Text, () => long('k'))
    const childId = `${ctx.execution.workflowId}.child`
    const [echoed, ofChild] = await Promise.all([
      ctx.echo(text),
      ctx.child(text, { workflowId: childId }),
      ctx.sleep('1s').then(() => ctx.signalTo(childId, 'word', long('w'))),
    ])
    const word = await ctx.signal('word')
    return ctx.continueAsNew(`again${echoed.length} ${ofChild.length} ${kept.length} ${word.length} ${long('a')}`)
  },
)

/** A bucket on an S3 of its own; `objects` lists the keys below the store's prefix. */
async function openStore(): Promise<PayloadStore & { objects: () => Promise<string[]> }> {
  const aws = await startAwsLocal({})
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const s3 = new S3Client({ endpoint: aws.url, region: 'us-east-1', credentials, forcePathStyle: true })
  onTestFinished(async () => {
    s3.destroy()
    await aws.close()
  })
  await s3.send(new CreateBucketCommand({ Bucket: 'values' }))
  return {
    ...s3Store({ s3, bucket: 'values', prefix: 'workflow-payloads/' }),
    objects: async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'values' }))
      return Contents.map(({ Key = '' }) => Key)
    },
  }
}

/** The history as SWF has it, references and all. */
async function recorded({ swf }: TestEnvironment, execution: Execution): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = []
  const query = { domain: 'Publish.test', execution }
  for await (const page of paginateGetWorkflowExecutionHistory({ client: swf }, query))
    events.push(...(page.events ?? []))
  return events
}

const asExported = (events: readonly HistoryEvent[], execution?: Execution): unknown =>
  JSON.parse(JSON.stringify({ events, execution }))

describe('without a store, a value that is too long', () => {
  test.each([
    ['the input of a step', 'Input of Echo#1', echoing],
    [
      'the input of a child',
      'Input of child replayed.Echoing',
      workflow({ ...declared, name: 'Parent', uses: { echoing } }, async (ctx, text) => ctx.echoing(text)),
    ],
    [
      'a signal to another',
      'Payload of word to other',
      workflow({ ...declared, name: 'Telling' }, async (ctx, text) => `${await ctx.signalTo('other', 'word', text)}`),
    ],
    [
      'a side effect',
      'Value of kept',
      workflow({ ...declared, name: 'Keeping' }, async (ctx, text) => ctx.sideEffect('kept', Text, () => text)),
    ],
    [
      'the input of the run to come',
      'Input of Again, continued',
      workflow({ ...declared, name: 'Again' }, async (ctx, text) => ctx.continueAsNew(text)),
    ],
  ])('fails the execution at the line that hands it over: %s', async (_, subject, its) => {
    const history = buildHistory(its, long('x'))
    const [end] = await history.decide()
    expect(end).toContain(`fail PayloadTooLargeError: ${subject} has 40`)
    expect(end).toContain('characters of JSON; SWF takes at most 32')
    const { details = '' } = history.events.at(-1)?.workflowExecutionFailedEventAttributes ?? {}
    const { stack } = JSON.parse(details)
    expect(stack.split('\n').filter((line: string) => line.includes('    at '))).toContainEqual(
      expect.stringContaining('payload-store.test.ts'),
    )
  })

  test('names the first line of the author as the first of the stack, where it is a step', async () => {
    const history = buildHistory(echoing, long('x'))
    await history.decide()
    const { details = '' } = history.events.at(-1)?.workflowExecutionFailedEventAttributes ?? {}
    expect(JSON.parse(details).stack.split('\n')[1]).toMatch(/payload-store\.test\.ts:\d+:\d+/)
  })

  test('fails the execution where it is what the workflow returns', async () => {
    const returning = workflow({ ...declared, name: 'Returning' }, async (_, text) => text)
    expect(await buildHistory(returning, long('x')).decide()).toEqual([
      expect.stringContaining('fail PayloadTooLargeError: Output of Returning has 40002 characters of JSON'),
    ])
  })

  test('is refused by the client before anything is sent', async () => {
    await using env = await startTestEnvironment()
    const input = long('x')
    await expect(env.client.start(echoing, { workflowId: 'e', input })).rejects.toThrow('Input of Echoing e has 40002')
    await expect(env.client.signal({ workflowId: 'e' }, 'word', input)).rejects.toThrow('Signal word to e has 40002')
  })
})

describe('with a store', () => {
  test('every value may be long, SWF is given references, and the history replays', async () => {
    const store = await openStore()
    const clock = createTestClock()
    await using env = await startTestEnvironment({ clock, store })
    const { client } = env
    await env.startDecider([everywhere, child])
    env.startWorkers([implement(echo, async (text) => text)])
    const { runId = '' } = await client.start(everywhere, { workflowId: 'e', input: long('i') })
    expect(await client.signal({ workflowId: 'e' }, 'word', long('s'))).toBe(true)
    let next: string | undefined
    while (next === undefined) {
      clock.advance(1_000)
      const outcome = await client.outcome({ workflowId: 'e', runId })
      if (outcome?.status === 'continued as new') next = outcome.runId
    }
    const lengths = '40000 79998 40000 40000'
    expect(await client.result(everywhere, { workflowId: 'e', runId: next })).toBe(`again${lengths} ${long('a')}`)

    const texts = JSON.stringify(await recorded(env, { workflowId: 'e', runId }))
    expect(texts.match(/stored sha256:/g)).toHaveLength(9)
    expect(texts.length).toBeLessThan(32_768)
    const keys = await store.objects()
    expect(keys[0]).toMatch(/^workflow-payloads\/[0-9a-f]{64}$/)
    expect(new Set(texts.match(/(?<=stored sha256:)[0-9a-f]{64}/g)).size, 'the same value is kept once').toBe(7)

    for (const execution of [
      { workflowId: 'e', runId },
      { workflowId: 'e', runId: next },
    ]) {
      const read = await Array.fromAsync(client.history(execution))
      expect(JSON.stringify(read)).not.toContain('stored sha256:')
      expect(await replay(everywhere, asExported(read, execution))).toEqual([])
      expect(await replay(everywhere, asExported(await recorded(env, execution), execution), { store })).toEqual([])
    }
  })

  test('an execution that had done more than an input holds is rerun from its failed step', async () => {
    const store = await openStore()
    await using env = await startTestEnvironment({ store })
    let broken = true
    const steps: string[] = []
    const many = workflow({ ...declared, name: 'Many', input: Type.Void() }, async (ctx) => {
      let all = ''
      for (const key of ['a', 'b', 'c']) all += await ctx.echo(key, { key })
      return `${all.length}`
    })
    await env.startDecider([many])
    env.startWorkers([
      implement(echo, async (key) => {
        steps.push(key)
        if (key === 'c' && broken) throw Object.assign(new Error('no'), { retry: false })
        return key.repeat(20_000)
      }),
    ])
    const { runId = '' } = await env.client.start(many, { workflowId: 'm', input: undefined })
    await expect(env.client.result(many, { workflowId: 'm', runId })).rejects.toThrow('Echo.c failed for good')
    broken = false
    const again = await env.client.rerun({ workflowId: 'm', runId })
    expect(again.started).toBe(true)
    expect(await env.client.result(many, { workflowId: 'm', runId: again.runId ?? '' })).toBe('60000')
    expect(steps).toEqual(['a', 'b', 'c', 'c'])
    const raw = await recorded(env, { workflowId: 'm', runId: again.runId ?? '' })
    expect(raw[0]?.workflowExecutionStartedEventAttributes?.input).toMatch(/^stored sha256:/)
  })

  test('a decider without it decides nothing, says why, and one that has it goes on', async () => {
    const store = await openStore()
    const clock = createTestClock()
    const said: string[] = []
    const note = (fields: object) => void said.push(JSON.stringify(fields))
    const logger = { debug: () => {}, info: () => {}, warn: note, error: note }
    await using env = await startTestEnvironment({ clock, logger })
    const without = await env.startDecider([echoing])
    env.startWorkers([implement(echo, async (text) => text)], { store })
    const client = env.clientWith(store)
    const { runId = '' } = await client.start(echoing, { workflowId: 'e', input: long('x') })
    while (said.length === 0) await new Promise(setImmediate)
    expect(said[0]).toContain('"error":"PayloadNotFoundError"')
    expect(said[0]).toContain('this process has no store to read it from')
    await without.stop(100)
    await env.startDecider([echoing], { store })
    clock.advance(30_000)
    expect(await client.result(echoing, { workflowId: 'e', runId })).toBe(long('x'))
  })
})

describe('a reference', () => {
  const reference = `stored sha256:${'0'.repeat(64)} (40002 characters)`

  test('is read before it is decided on, or nothing is decided', async () => {
    const started = buildHistory(echoing)
    const { workflowExecutionStartedEventAttributes: attributes } = started.events[0] ?? {}
    if (attributes) attributes.input = reference
    await expect(decide(echoing, started.events)).rejects.toThrow(PayloadNotFoundError)
    await expect(replay(echoing, asExported(started.events))).rejects.toThrow(PayloadNotFoundError)

    const signaled = buildHistory(child, 'x')
    signaled.add({
      eventType: 'WorkflowExecutionSignaled',
      workflowExecutionSignaledEventAttributes: { signalName: 'word', input: reference },
    })
    await expect(decide(child, signaled.events)).rejects.toThrow(PayloadNotFoundError)
  })

  test('is believed only when the store has exactly that value', async () => {
    const { events } = buildHistory(echoing)
    const exported = JSON.parse(JSON.stringify({ events }))
    exported.events[0].workflowExecutionStartedEventAttributes.input = reference
    const put = async () => {}
    await expect(replay(echoing, exported, { store: { put, get: async () => undefined } })).rejects.toThrow(
      'has nothing',
    )
    await expect(replay(echoing, exported, { store: { put, get: async () => '"x"' } })).rejects.toThrow(
      'has another value',
    )
  })
})
