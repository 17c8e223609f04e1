import { describe, expect, test } from 'vitest'
import { declared } from '../testing/internal/counting.fixture.ts'
import { decide } from './decide.ts'
import { ActivityFailure, PermanentFailure, WorkerStoppingError } from '../values/errors.ts'
import { buildHistory } from '../testing/internal/history-builder.ts'
import { workflow } from '../declare/workflow.ts'

/** `decide` on histories built by hand: steps. */

describe('a step', () => {
  const one = workflow(declared, async (ctx) => (await ctx.count({ words: ['a'] })).total)

  test('is scheduled with all that its declaration says', async () => {
    const history = buildHistory(one, undefined)
    await history.decide()
    expect(history.events.at(-1)?.activityTaskScheduledEventAttributes).toMatchObject({
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
    const history = buildHistory(one)
    expect(await history.decide()).toEqual(['activity Count#1'])
    expect(await history.decide()).toEqual([])
    history.completed('Count#1', { total: 1 })
    expect(await history.decide()).toEqual(['complete 1'])
    expect(await decide(one, history.events)).toEqual([])
  })

  test('has its heartbeat shortened by the environment, never lengthened', async () => {
    const seconds: (string | undefined)[] = []
    for (const maxHeartbeatTimeout of ['10s', '5m'] as const) {
      const history = buildHistory(one, undefined, { maxHeartbeatTimeout })
      await history.decide()
      seconds.push(history.events.at(-1)?.activityTaskScheduledEventAttributes?.heartbeatTimeout)
    }
    expect(seconds).toEqual(['10', '60'])
  })

  test('is retried by timers that grow up to the maximum, then fails for good', async () => {
    const history = buildHistory(one)
    await history.decide()
    history.failed('Count#1', new Error('busy'))
    expect(await history.decide()).toEqual(['timer retry.Count#2 10s'])
    history.fired('retry.Count#2')
    expect(await history.decide()).toEqual(['activity Count#2'])
    history.timedOut('Count#2', 'HEARTBEAT')
    expect(await history.decide()).toEqual(['timer retry.Count#3 15s'])
    history.fired('retry.Count#3')
    expect(await history.decide()).toEqual(['activity Count#3'])
    history.failed('Count#3', new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }))
    expect(await history.decide()).toEqual([
      'fail Count failed after 3 attempts: TypeError: fetch failed: connect ECONNREFUSED',
    ])
  })

  test('that fails permanently is not tried again', async () => {
    class MalformedXml extends PermanentFailure {}
    const history = buildHistory(one)
    await history.decide()
    history.failed('Count#1', new MalformedXml('line 3: no end of <p>'))
    expect(await history.decide()).toEqual(['fail Count failed for good: MalformedXml: line 3: no end of <p>'])
    expect(JSON.parse(history.events.at(-1)?.workflowExecutionFailedEventAttributes?.details ?? '')).toEqual({
      activity: 'Count',
      attempts: 1,
      reason: 'MalformedXml',
      message: 'line 3: no end of <p>',
      permanent: true,
    })
  })

  test('waits as long as the failure itself asks for', async () => {
    const history = buildHistory(one)
    await history.decide()
    history.failed('Count#1', Object.assign(new Error('429'), { retryAfter: 90.2 }))
    expect(await history.decide()).toEqual(['timer retry.Count#2 91s'])
  })

  test('that a stopping worker gave back is scheduled at once, and no attempt is lost', async () => {
    const history = buildHistory(one)
    await history.decide()
    for (const id of ['Count#1', 'Count#2', 'Count#3']) {
      history.failed(id, new WorkerStoppingError('deploy'), { copied: 5 })
      expect(await history.decide()).toEqual([`activity Count#${Number(id.at(-1)) + 1}`])
    }
    expect(history.events.at(-1)?.activityTaskScheduledEventAttributes?.input).toContain(
      '"attempt":1,"attempts":3,"heartbeat":60,"input":{"words":["a"]},"lastHeartbeat":{"copied":5}',
    )
    history.failed('Count#4', new Error('busy'))
    expect(await history.decide()).toEqual(['timer retry.Count#5 10s'])
  })

  test('finds the last heartbeat of the attempt before, also of one that timed out', async () => {
    const history = buildHistory(one)
    await history.decide()
    history.timedOut('Count#1', 'HEARTBEAT', '{"copied":7}')
    await history.decide()
    history.fired('retry.Count#2')
    await history.decide()
    expect(history.events.at(-1)?.activityTaskScheduledEventAttributes?.input).toContain('"lastHeartbeat":{"copied":7}')
  })

  test.for([
    {
      cause: 'ACTIVITY_TYPE_DOES_NOT_EXIST',
      answer: /^fail Count failed for good: ACTIVITY_TYPE_DOES_NOT_EXIST: .*registered/,
    },
    { cause: 'OPEN_ACTIVITIES_LIMIT_EXCEEDED', answer: /^timer retry.Count#2 10s$/ },
  ] as const)('that SWF refuses for $cause is answered by $answer', async ({ cause, answer }) => {
    const history = buildHistory(one)
    await history.decide()
    const scheduled = history.events.pop()?.activityTaskScheduledEventAttributes
    history.add({
      eventType: 'ScheduleActivityTaskFailed',
      scheduleActivityTaskFailedEventAttributes: {
        activityType: scheduled?.activityType,
        activityId: scheduled?.activityId,
        cause,
        decisionTaskCompletedEventId: scheduled?.decisionTaskCompletedEventId,
      },
    })
    expect((await history.decide()).join()).toMatch(answer)
  })

  test('has its input checked where it is called, and the error names it', async () => {
    const words = Array.from({ length: 4_000 }, () => 'a long word')
    const tooLarge = workflow(declared, (ctx) => ctx.count({ words }, { key: 'all' }))
    expect((await buildHistory(tooLarge).decide())[0]).toMatch(
      /^fail PayloadTooLargeError: Input of Count.all#1 has 5\d+ characters/,
    )
    const misfit = workflow(declared, async (ctx) => ctx.count(JSON.parse('{"words":[1]}')))
    expect((await buildHistory(misfit).decide())[0]).toMatch(
      /^fail InvalidPayloadError: Input of Count does not fit.*\/words\/0 must be string/,
    )
  })

  test('whose recorded output no longer fits stops the decision, not the execution', async () => {
    const history = buildHistory(one)
    await history.decide()
    history.completed('Count#1', { total: 'many' })
    await expect(history.decide()).rejects.toThrow('Output of Count#1 does not fit its schema: /total must be integer')
  })

  test('takes any key, and may not be called twice under one', async () => {
    const named = workflow(declared, async (ctx) => {
      await Promise.all([ctx.count({ words: [] }, { key: 'a/b:c#1' }), ctx.count({ words: [] })])
    })
    expect(await buildHistory(named).decide()).toEqual(['activity Count.a%2Fb%3Ac%231#1', 'activity Count#1'])
    const twice = workflow(declared, async (ctx) => {
      await Promise.all([ctx.tidy(), ctx.tidy()])
    })
    expect((await buildHistory(twice).decide())[0]).toMatch(/^fail DuplicateStepError: Tidy was already called/)
  })
})

describe('many steps', () => {
  test('run together, and each is retried by itself', async () => {
    const all = workflow(declared, async (ctx) => {
      const counted = await Promise.all(['a', 'b'].map((key) => ctx.count({ words: [key] }, { key })))
      await ctx.tidy()
      return counted.map(({ total }) => total)
    })
    const history = buildHistory(all)
    expect(await history.decide()).toEqual(['activity Count.a#1', 'activity Count.b#1'])
    history.failed('Count.a#1', new Error('busy'))
    history.completed('Count.b#1', { total: 2 })
    expect(await history.decide()).toEqual(['timer retry.Count.a#2 10s'])
    history.fired('retry.Count.a#2')
    expect(await history.decide()).toEqual(['activity Count.a#2'])
    history.completed('Count.a#2', { total: 1 })
    expect(await history.decide()).toEqual(['activity Tidy#1'])
    history.completed('Tidy#1')
    expect(await history.decide()).toEqual(['complete [1,2]'])
  })

  test('settle together, and a failure can be caught and read', async () => {
    const settled = workflow(declared, async (ctx) => {
      const [first, second] = await Promise.allSettled([ctx.count({ words: [] }, { key: 'a' }), ctx.tidy()])
      if (first.status === 'fulfilled' || !(first.reason instanceof ActivityFailure)) return 'unexpected'
      const { activity: name, key, attempts, reason, permanent, message } = first.reason
      return [second.status, name, key, attempts, reason, permanent, message]
    })
    const history = buildHistory(settled)
    await history.decide()
    history.completed('Tidy#1')
    history.failed('Count.a#1', new PermanentFailure('no'))
    expect(await history.decide()).toEqual(['complete ["fulfilled","Count","a",1,"PermanentFailure",true,"no"]'])
  })

  test('race, and the order of the history says who won', async () => {
    const race = workflow(declared, (ctx) =>
      Promise.race([ctx.sleep('1h').then(() => 'late'), ctx.count({ words: [] }).then(() => 'counted')]),
    )
    const history = buildHistory(race)
    expect(await history.decide()).toEqual(['timer sleep 3600s', 'activity Count#1'])
    history.completed('Count#1', { total: 0 })
    history.fired('sleep')
    expect(await history.decide()).toEqual(['complete "counted"'])
  })

  test('fail the execution when one was never awaited', async () => {
    const careless = workflow(declared, async (ctx) => {
      void ctx.tidy()
      await ctx.count({ words: [] })
    })
    const history = buildHistory(careless)
    await history.decide()
    history.completed('Count#1', { total: 0 })
    expect((await history.decide())[0]).toMatch(/^fail UnawaitedStepError: Example returned without awaiting Tidy/)
  })
})
