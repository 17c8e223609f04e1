import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { activity } from './activity.ts'
import { decide } from './decide.ts'
import { ActivityFailure, NonDeterminism, PermanentFailure, WaitsForNothing, WorkerStopping } from './errors.ts'
import { inShort } from './story-events.ts'
import { tell, type Story } from './story.ts'
import { workflow } from './workflow.ts'

/** What workflow code may do, decision by decision, on histories written by hand; the loops have tests of their own. */

const retry = { attempts: 3, first: '10s', factor: 2, longest: '15s' } as const
const count = activity({
  name: 'Count',
  version: '2',
  input: Type.Object({ words: Type.Array(Type.String()) }),
  output: Type.Object({ total: Type.Integer() }),
  taskList: 'counting',
  timeouts: { run: '8m', heartbeat: '60s' },
  retry,
})
const tidy = activity({
  name: 'Tidy',
  version: '1',
  input: Type.Void(),
  output: Type.Void(),
  timeouts: { run: '1m' },
  retry,
})
const steps = { count, tidy }
const declared = { name: 'Example', version: '1', input: Type.Void(), timeout: '7d', uses: steps } as const
const signals = { approved: Type.Object({ by: Type.String() }) }

describe('a step', () => {
  const one = workflow(declared, async (ctx) => (await ctx.count({ words: ['a'] })).total)

  test('is scheduled with all that its declaration says', async () => {
    const story = tell(one, undefined)
    await story.decides()
    expect(story.events.at(-1)?.activityTaskScheduledEventAttributes).toMatchObject({
      activityId: 'Count#1',
      activityType: { name: 'Count', version: '2' },
      taskList: { name: 'counting' },
      input: '{"attempt":1,"attempts":3,"heartbeat":60,"input":{"words":["a"]}}',
      startToCloseTimeout: '480',
      heartbeatTimeout: '60',
      scheduleToStartTimeout: 'NONE',
      scheduleToCloseTimeout: 'NONE',
    })
  })

  test('gives its output once it is done, and nothing is decided before', async () => {
    const story = tell(one)
    expect(await story.decides()).toEqual(['activity Count#1'])
    expect(await story.decides()).toEqual([])
    story.completed('Count#1', { total: 1 })
    expect(await story.decides()).toEqual(['complete 1'])
    expect(await decide(one, story.events)).toEqual([])
  })

  test('has its heartbeat shortened by the environment, never lengthened', async () => {
    const seconds: (string | undefined)[] = []
    for (const heartbeat of ['10s', '5m'] as const) {
      const story = tell(one, undefined, { heartbeat })
      await story.decides()
      seconds.push(story.events.at(-1)?.activityTaskScheduledEventAttributes?.heartbeatTimeout)
    }
    expect(seconds).toEqual(['10', '60'])
  })

  test('is retried by timers that grow up to the longest, then fails for good', async () => {
    const story = tell(one)
    await story.decides()
    story.failed('Count#1', new Error('busy'))
    expect(await story.decides()).toEqual(['timer retry.Count#2 10s'])
    story.fired('retry.Count#2')
    expect(await story.decides()).toEqual(['activity Count#2'])
    story.timedOut('Count#2', 'HEARTBEAT')
    expect(await story.decides()).toEqual(['timer retry.Count#3 15s'])
    story.fired('retry.Count#3')
    expect(await story.decides()).toEqual(['activity Count#3'])
    story.failed('Count#3', new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }))
    expect(await story.decides()).toEqual([
      'fail Count failed after 3 attempts: TypeError: fetch failed: connect ECONNREFUSED',
    ])
  })

  test('that fails permanently is not tried again', async () => {
    class MalformedXml extends PermanentFailure {}
    const story = tell(one)
    await story.decides()
    story.failed('Count#1', new MalformedXml('line 3: no end of <p>'))
    expect(await story.decides()).toEqual(['fail Count failed for good: MalformedXml: line 3: no end of <p>'])
    expect(JSON.parse(story.events.at(-1)?.workflowExecutionFailedEventAttributes?.details ?? '')).toEqual({
      activity: 'Count',
      attempts: 1,
      reason: 'MalformedXml',
      message: 'line 3: no end of <p>',
      permanent: true,
    })
  })

  test('waits as long as the failure itself asks for', async () => {
    const story = tell(one)
    await story.decides()
    story.failed('Count#1', Object.assign(new Error('429'), { retryAfter: 90.2 }))
    expect(await story.decides()).toEqual(['timer retry.Count#2 91s'])
  })

  test('that a stopping worker gave back is scheduled at once, and no attempt is lost', async () => {
    const story = tell(one)
    await story.decides()
    for (const id of ['Count#1', 'Count#2', 'Count#3']) {
      story.failed(id, new WorkerStopping('deploy'), { copied: 5 })
      expect(await story.decides()).toEqual([`activity Count#${Number(id.at(-1)) + 1}`])
    }
    expect(story.events.at(-1)?.activityTaskScheduledEventAttributes?.input).toContain(
      '"attempt":1,"attempts":3,"heartbeat":60,"input":{"words":["a"]},"lastHeartbeat":{"copied":5}',
    )
    story.failed('Count#4', new Error('busy'))
    expect(await story.decides()).toEqual(['timer retry.Count#5 10s'])
  })

  test('finds the last heartbeat of the attempt before, also of one that timed out', async () => {
    const story = tell(one)
    await story.decides()
    story.timedOut('Count#1', 'HEARTBEAT', '{"copied":7}')
    await story.decides()
    story.fired('retry.Count#2')
    await story.decides()
    expect(story.events.at(-1)?.activityTaskScheduledEventAttributes?.input).toContain('"lastHeartbeat":{"copied":7}')
  })

  test.for([
    {
      cause: 'ACTIVITY_TYPE_DOES_NOT_EXIST',
      answer: /^fail Count failed for good: ACTIVITY_TYPE_DOES_NOT_EXIST: .*registered/,
    },
    { cause: 'OPEN_ACTIVITIES_LIMIT_EXCEEDED', answer: /^timer retry.Count#2 10s$/ },
  ] as const)('that SWF refuses for $cause is answered by $answer', async ({ cause, answer }) => {
    const story = tell(one)
    await story.decides()
    const scheduled = story.events.pop()?.activityTaskScheduledEventAttributes
    story.add({
      eventType: 'ScheduleActivityTaskFailed',
      scheduleActivityTaskFailedEventAttributes: {
        activityType: scheduled?.activityType,
        activityId: scheduled?.activityId,
        cause,
        decisionTaskCompletedEventId: scheduled?.decisionTaskCompletedEventId,
      },
    })
    expect((await story.decides()).join()).toMatch(answer)
  })

  test('has its input checked where it is called, and the error names it', async () => {
    const words = Array.from({ length: 4_000 }, () => 'a long word')
    const tooLarge = workflow(declared, (ctx) => ctx.count({ words }, { key: 'all' }))
    expect((await tell(tooLarge).decides())[0]).toMatch(
      /^fail PayloadTooLarge: Input of Count.all#1 has 5\d+ characters/,
    )
    const misfit = workflow(declared, async (ctx) => ctx.count(JSON.parse('{"words":[1]}')))
    expect((await tell(misfit).decides())[0]).toMatch(
      /^fail InvalidPayload: Input of Count does not fit.*\/words\/0 must be string/,
    )
  })

  test('whose recorded output no longer fits stops the decision, not the execution', async () => {
    const story = tell(one)
    await story.decides()
    story.completed('Count#1', { total: 'many' })
    await expect(story.decides()).rejects.toThrow('Output of Count#1 does not fit its schema: /total must be integer')
  })

  test('takes any key, and may not be called twice under one', async () => {
    const named = workflow(declared, async (ctx) => {
      await Promise.all([ctx.count({ words: [] }, { key: 'a/b:c#1' }), ctx.count({ words: [] })])
    })
    expect(await tell(named).decides()).toEqual(['activity Count.a%2Fb%3Ac%231#1', 'activity Count#1'])
    const twice = workflow(declared, async (ctx) => {
      await Promise.all([ctx.tidy(), ctx.tidy()])
    })
    expect((await tell(twice).decides())[0]).toMatch(/^fail DuplicateStep: Tidy was called before/)
  })
})

describe('many steps', () => {
  test('run together, and each is retried by itself', async () => {
    const all = workflow(declared, async (ctx) => {
      const counted = await Promise.all(['a', 'b'].map((key) => ctx.count({ words: [key] }, { key })))
      await ctx.tidy()
      return counted.map(({ total }) => total)
    })
    const story = tell(all)
    expect(await story.decides()).toEqual(['activity Count.a#1', 'activity Count.b#1'])
    story.failed('Count.a#1', new Error('busy'))
    story.completed('Count.b#1', { total: 2 })
    expect(await story.decides()).toEqual(['timer retry.Count.a#2 10s'])
    story.fired('retry.Count.a#2')
    expect(await story.decides()).toEqual(['activity Count.a#2'])
    story.completed('Count.a#2', { total: 1 })
    expect(await story.decides()).toEqual(['activity Tidy#1'])
    story.completed('Tidy#1')
    expect(await story.decides()).toEqual(['complete [1,2]'])
  })

  test('settle together, and a failure can be caught and read', async () => {
    const settled = workflow(declared, async (ctx) => {
      const [first, second] = await Promise.allSettled([ctx.count({ words: [] }, { key: 'a' }), ctx.tidy()])
      if (first.status === 'fulfilled' || !(first.reason instanceof ActivityFailure)) return 'unexpected'
      const { activity: name, key, attempts, reason, permanent, message } = first.reason
      return [second.status, name, key, attempts, reason, permanent, message]
    })
    const story = tell(settled)
    await story.decides()
    story.completed('Tidy#1')
    story.failed('Count.a#1', new PermanentFailure('no'))
    expect(await story.decides()).toEqual(['complete ["fulfilled","Count","a",1,"PermanentFailure",true,"no"]'])
  })

  test('race, and the order of the history says who won', async () => {
    const race = workflow(declared, (ctx) =>
      Promise.race([ctx.sleep('1h').then(() => 'late'), ctx.count({ words: [] }).then(() => 'counted')]),
    )
    const story = tell(race)
    expect(await story.decides()).toEqual(['timer sleep 3600s', 'activity Count#1'])
    story.completed('Count#1', { total: 0 })
    story.fired('sleep')
    expect(await story.decides()).toEqual(['complete "counted"'])
  })

  test('fail the execution when one was never awaited', async () => {
    const careless = workflow(declared, async (ctx) => {
      void ctx.tidy()
      await ctx.count({ words: [] })
    })
    const story = tell(careless)
    await story.decides()
    story.completed('Count#1', { total: 0 })
    expect((await story.decides())[0]).toMatch(/^fail UnawaitedStep: Example returned without having awaited Tidy/)
  })
})

describe('a signal', () => {
  const approval = workflow({ ...declared, signals }, async (ctx) => {
    await ctx.tidy()
    return (await ctx.signal('approved', { timeout: '7d' }))?.by ?? 'nobody'
  })
  const awaited = async (): Promise<Story> => {
    const story = tell(approval)
    await story.decides()
    story.completed('Tidy#1')
    expect(await story.decides()).toEqual(['timer signal.approved#1 604800s'])
    return story
  }

  test('ends its wait and the timer of its time-out', async () => {
    const story = await awaited()
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['complete "Ada"'])
  })

  test('that comes before anybody waits is kept', async () => {
    const story = tell(approval)
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['activity Tidy#1'])
    story.completed('Tidy#1')
    expect(await story.decides()).toEqual(['complete "Ada"'])
  })

  test('that does not come in time is undefined', async () => {
    const story = await awaited()
    story.fired('signal.approved#1')
    expect(await story.decides()).toEqual(['complete "nobody"'])
  })

  test('that does not fit its schema, or is not declared, is dropped with a warning, once', async () => {
    const warned: object[] = []
    const note = (fields: object) => void warned.push(fields)
    const story = tell(approval, undefined, { log: { debug: note, info: note, warn: note, error: note } })
    story.signaled('approved', { by: 1 })
    story.signaled('rejected')
    expect(await story.decides()).toEqual(['activity Tidy#1'])
    story.completed('Tidy#1')
    await story.decides()
    expect(warned).toEqual([expect.objectContaining({ signal: 'approved' }), { signal: 'rejected' }])
  })

  test('ends one wait at a time, in order', async () => {
    const twice = workflow({ ...declared, signals }, async (ctx) => {
      const first = await ctx.signal('approved', { timeout: '1h' })
      const second = await ctx.signal('approved', { timeout: '1h' })
      await ctx.tidy()
      return [first?.by, second?.by]
    })
    const story = tell(twice)
    await story.decides()
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['cancel timer signal.approved#1', 'timer signal.approved#2 3600s'])
    story.signaled('approved', { by: 'Bob' })
    expect(await story.decides()).toEqual(['cancel timer signal.approved#2', 'activity Tidy#1'])
    story.completed('Tidy#1')
    expect(await story.decides()).toEqual(['complete ["Ada","Bob"]'])
  })
})

describe('time and identity', () => {
  test('are those of the decision, in every replay', async () => {
    const seen: string[][] = []
    const watch = workflow(declared, async (ctx) => {
      const before = [ctx.now().toString(), ctx.uuid()]
      await ctx.sleep('10s')
      seen.push([...before, ctx.now().toString(), ctx.uuid(), ctx.execution.workflowId])
      await ctx.sleep('1m', { key: 'again' })
    })
    const story = tell(watch, undefined, { execution: { workflowId: 'w', runId: 'r' } })
    expect(await story.decides()).toEqual(['timer sleep 10s'])
    story.later(10_000)
    story.fired('sleep')
    story.later(500)
    expect(await story.decides()).toEqual(['timer sleep.again 60s'])
    story.later(60_000)
    story.fired('sleep.again')
    expect(await story.decides()).toEqual(['complete'])
    const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(seen[0]).toEqual(['2026-01-01T00:00:00Z', uuid, '2026-01-01T00:00:10.5Z', uuid, 'w'])
    expect(new Set(seen.map(String)).size).toBe(1)
    expect(seen[0]?.[1]).not.toBe(seen[0]?.[3])
  })
})

test('time never goes back, whatever the events say', async () => {
  const watch = workflow(declared, async (ctx) => {
    const before = ctx.now()
    await ctx.tidy()
    return Temporal.Instant.compare(before, ctx.now())
  })
  const story = tell(watch)
  await story.decides()
  story.later(-5_000)
  story.completed('Tidy#1')
  expect(await story.decides()).toEqual(['complete 0'])
})

describe('the end', () => {
  test('makes all that comes later irrelevant', async () => {
    const race = workflow(declared, (ctx) => Promise.race([ctx.tidy(), ctx.count({ words: [] })]).then(() => 'won'))
    const story = tell(race)
    await story.decides()
    story.completed('Tidy#1')
    story.completed('Count#1', 'no such output')
    expect(await story.decides()).toEqual(['complete "won"'])
  })

  test('comes again when SWF refused it because something had happened', async () => {
    const one = workflow({ ...declared, signals }, (ctx) => ctx.tidy())
    const story = tell(one)
    await story.decides()
    story.completed('Tidy#1')
    await story.decides()
    const end = story.events.pop()?.workflowExecutionCompletedEventAttributes
    story.add({
      eventType: 'CompleteWorkflowExecutionFailed',
      completeWorkflowExecutionFailedEventAttributes: {
        cause: 'UNHANDLED_DECISION',
        decisionTaskCompletedEventId: end?.decisionTaskCompletedEventId,
      },
    })
    story.signaled('approved', { by: 'Ada' })
    expect(await story.decides()).toEqual(['complete'])
  })

  test('is a failure that names the error and the line, when the workflow itself throws', async () => {
    const broken = workflow(declared, async () => {
      throw new RangeError('no such volume')
    })
    const story = tell(broken)
    expect(await story.decides()).toEqual(['fail RangeError: no such volume'])
    expect(story.events.at(-1)?.workflowExecutionFailedEventAttributes?.details).toContain('decide.test.ts')
  })

  test('is a failure when the input does not fit', async () => {
    const typed = workflow({ ...declared, input: Type.Object({ id: Type.String() }) }, async () => {})
    expect(await tell(typed, { id: 3 }).decides()).toEqual([
      'fail InvalidPayload: Input of Example does not fit its schema: /id must be string.',
    ])
  })
})

async function recorded(): Promise<Story> {
  const story = tell(workflow(declared, (ctx) => ctx.count({ words: [] }, { key: 'fig1' })))
  await story.decides()
  story.completed('Count.fig1#1', { total: 1 })
  return story
}

describe('a replay that does not match', () => {
  test('names the step that was expected and the one that was found', async () => {
    const story = await recorded()
    const changed = workflow(declared, (ctx) => ctx.tidy())
    const failure = await decide(changed, story.events).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(NonDeterminism)
    expect(failure).toMatchObject({ expected: 'activity Count.fig1#1', found: 'activity Tidy#1' })
    expect(String(failure)).toContain(
      'NonDeterminism: Example 1, decision 1 (events up to 3): the history recorded activity Count.fig1#1, the code now asks for activity Tidy#1.',
    )
  })

  test('is one also when the code ends where the history went on', async () => {
    const story = await recorded()
    await expect(
      decide(
        workflow(declared, async () => {}),
        story.events,
      ),
    ).rejects.toMatchObject({
      expected: 'activity Count.fig1#1',
      found: 'completion',
    })
  })

  test('is none when only later steps changed, or the order within a decision', async () => {
    const story = tell(
      workflow(declared, async (ctx) => {
        await Promise.all([ctx.tidy(), ctx.count({ words: [] })])
      }),
    )
    await story.decides()
    story.completed('Tidy#1')
    await story.decides()
    story.completed('Count#1', { total: 1 })
    const changed = workflow(declared, async (ctx) => {
      await Promise.all([ctx.count({ words: [] }), ctx.tidy()])
      await ctx.count({ words: ['new'] }, { key: 'new' })
    })
    expect((await decide(changed, story.events)).map(inShort)).toEqual(['activity Count.new#1'])
  })

  test('waits for nothing of its own, and says so', async () => {
    const foreign = workflow(declared, async () => {
      await new Promise(() => {})
    })
    await expect(tell(foreign).decides()).rejects.toThrow(WaitsForNothing)
  })
})

describe('what came while a decision was taken', () => {
  test('belongs to the next one, and a decision that timed out leaves nothing', async () => {
    const two = workflow(declared, async (ctx) => {
      const { total } = await ctx.count({ words: [] })
      return [total, ctx.now().toString()]
    })
    const story = tell(two)
    await story.decides()
    const scheduledEventId = story.add({
      eventType: 'DecisionTaskScheduled',
      decisionTaskScheduledEventAttributes: { taskList: undefined },
    })
    const startedEventId = story.add({
      eventType: 'DecisionTaskStarted',
      decisionTaskStartedEventAttributes: { scheduledEventId },
    })
    story.completed('Count#1', { total: 4 })
    story.add({
      eventType: 'DecisionTaskTimedOut',
      decisionTaskTimedOutEventAttributes: { timeoutType: 'START_TO_CLOSE', scheduledEventId, startedEventId },
    })
    story.later(30_000)
    expect(await story.decides()).toEqual(['complete [4,"2026-01-01T00:00:30Z"]'])
    expect(await decide(two, story.events)).toEqual([])
  })
})
