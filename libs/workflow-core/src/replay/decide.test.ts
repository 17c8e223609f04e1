import { describe, expect, test } from 'vitest'
import { declared } from '../testing/internal/counting.fixture.ts'
import { decide } from './decide.ts'
import { ActivityFailure, PermanentFailure, WorkerStopping } from '../values/errors.ts'
import { tell } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** What workflow code may do, decision by decision, on histories written by hand: its steps. The loops have tests of their own. */

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
