import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision, type ReceivedMessage } from '@continuum/aws-resources'
import { encodeMessage, type DashboardMessage } from '@continuum/messages'
import { connectDatabase, createLogger } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { createWorkflowClient, registerTypes } from '@continuum/workflow-core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { journal } from '@continuum/package/testing'
import { runOf } from '../messages/ids.ts'
import { workflows } from '../decider/workflows/index.ts'
import { createPackagesBefore } from './packages-before.ts'
import { createStarter } from './starter.ts'
import { createStarts } from './starts.ts'

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A starter on an SWF of its own; time between its attempts passes when the test says so. */
async function startStarter({ registered = true } = {}) {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  const database = await testDatabase()
  const sql = await connectDatabase({
    url: database.url,
    schema: 'starter',
    migrations: new URL('./migrations/', import.meta.url),
    logger: createLogger({ service: 'test', level: 'silent' }),
    max: 2,
  })
  onTestFinished(async () => {
    await sql.end()
    await database[Symbol.asyncDispose]()
    for (const client of Object.values(clients)) client.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  const names = namesOf({ prefix: 'test-', organisation: 'continuum' })
  const { domain, taskLists } = names
  const register = () => registerTypes({ swf: clients.swf, domain, workflows, taskLists })
  await provision(clients, names)
  if (registered) await register()

  const calls: string[] = []
  clients.swf.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        calls.push(commandName.replace(/Command$/, ''))
        return next(args)
      },
    { step: 'initialize' },
  )
  const executions = createWorkflowClient({ swf: clients.swf, domain, taskList: taskLists.decisions })
  const told: DashboardMessage[] = []
  const deadLetters: { raw: string; reason: string }[] = []
  const again: string[] = []
  const turns: PromiseWithResolvers<void>[] = []
  const stopping = new AbortController()
  const stores = [createStarts(sql), createStarts(sql)] as const
  const starterWith = (starts: (typeof stores)[number]) =>
    createStarter({
      executions,
      starts,
      packagesBefore: createPackagesBefore(clients.s3, names.buckets.production, [journal]),
      journals: [journal],
      tellDashboard: async (...shown) => void told.push(...shown),
      sendToDeadLetters: async (letter) => void deadLetters.push(letter),
      requeue: async (body) => void again.push(body),
      pause: () => {
        const turn = Promise.withResolvers<void>()
        turns.push(turn)
        return turn.promise
      },
      signal: stopping.signal,
      logger: quiet,
    })
  return {
    handle: starterWith(stores[0]),
    /** A second starter beside the first. */
    beside: starterWith(stores[1]),
    sql,
    /** Puts a package into the production bucket, and returns what S3 notifies of it. */
    put: async (file_name: string, text: string) => {
      const { production: bucket_name } = names.buckets
      const { ETag } = await clients.s3.send(new PutObjectCommand({ Bucket: bucket_name, Key: file_name, Body: text }))
      const { LastModified } = await clients.s3.send(new HeadObjectCommand({ Bucket: bucket_name, Key: file_name }))
      // S3 keeps whole seconds: what is put next is put in a later one.
      const event_time = new Date((LastModified?.getTime() ?? 0) + 999).toISOString()
      return { ...data, bucket_name, file_name, file_etag: ETag?.replaceAll('"', '') ?? null, event_time }
    },
    /** The calls of SWF since the last time. */
    calls: () => calls.splice(0),
    executions,
    register,
    told,
    deadLetters,
    again,
    events: () => told.map((shown) => `${Object(shown).event_type} ${Object(shown).status}`),
    open: async () => Array.fromAsync(executions.listOpen(), ({ execution }) => execution?.workflowId),
    end: (workflowId: string) => executions.terminate({ workflowId }, { reason: 'the test ends it' }),
    waiting: () => vi.waitFor(() => expect(turns.length).toBeGreaterThan(0), { interval: 5 }),
    /** Lets those that wait try again. */
    turn: () => {
      for (const each of turns.splice(0)) each.resolve()
    },
    stop: () => {
      stopping.abort()
      for (const each of turns.splice(0)) each.reject(new Error('stopping'))
    },
  }
}

const data = {
  event_name: 'ObjectCreated:Put',
  event_time: '2016-07-28T16:14:27.809Z',
  bucket_name: 'production',
  file_name: 'journal-00007-vor-r1.zip',
  file_etag: 'e7f6',
  file_size: 3,
}

function message(
  workflow_data: object,
  changes: Partial<ReceivedMessage> & { workflow?: string } = {},
): ReceivedMessage {
  const { workflow = 'PublishPerfectArticle', ...others } = changes
  const body = encodeMessage({ workflow_name: workflow, workflow_data })
  return { body, messageId: 'm-1', receiveCount: 1, sentAt: Temporal.Instant.from('2016-07-28T16:15:00Z'), ...others }
}

test('a delivery starts its execution, and the dashboard knows which package the run is of', async () => {
  const { handle, open, told, events } = await startStarter()
  expect(await handle(message(data))).toBe('done')
  expect(await open()).toEqual(['article-00007'])
  expect(events()).toEqual(['Delivery start', 'Delivery end'])
  const { bucket_name, file_name, file_etag, event_time } = data
  expect(told[0]).toMatchObject({
    item_identifier: '00007',
    version: 0,
    run: runOf(data),
    delivery: { bucket_name, file_name, file_etag, event_time },
  })
})

test('a message that comes twice starts one execution, while that is open and after it has ended', async () => {
  const { handle, open, end } = await startStarter()
  await handle(message(data))
  expect(await handle(message(data, { messageId: 'm-2' }))).toBe('done')
  await end('article-00007')
  expect(await handle(message(data, { messageId: 'm-3' }))).toBe('done')
  expect(await open()).toEqual([])
})

test('the next delivery of an article waits for the one under way, and says so', async () => {
  const { handle, open, end, waiting, turn, events } = await startStarter()
  await handle(message(data))
  const second = handle(message({ ...data, event_time: '2016-07-28T17:00:00Z' }, { messageId: 'm-2' }))
  await waiting()
  expect(events().slice(2)).toEqual(['Delivery start', 'Waiting start'])
  await end('article-00007')
  turn()
  expect(await second).toBe('done')
  expect(await open()).toEqual(['article-00007'])
  expect(events().slice(4)).toEqual(['Waiting end', 'Delivery end'])
})

test('a publication is started before deliveries that came earlier and have not had their turn', async () => {
  const { handle, executions } = await startStarter()
  const starts = vi.spyOn(executions, 'start')
  const deliveries = Array.from({ length: 12 }, (_, at) =>
    handle(message({ ...data, file_name: `journal-0000${at}-vor-r1.zip` }, { messageId: `d-${at}` })),
  )
  const approval = { article_id: '00099', version: '1', run: 'r-1', publication_data: 'e30=' }
  const published = handle(message(approval, { messageId: 'p', workflow: 'ApproveArticlePublication' }))
  await Promise.all([...deliveries, published])
  const order = starts.mock.calls.map(([{ name }]) => name)
  expect(order).toHaveLength(13)
  expect(order.indexOf('ApproveArticlePublication')).toBeLessThan(6)
})

test('an approval that is repeated is started once, another one of the same run again', async () => {
  const { handle, open, end } = await startStarter()
  const approval = { article_id: '00007', version: '1', run: 'r-1', publication_data: 'e30=' }
  const approve = (messageId: string) => handle(message(approval, { messageId, workflow: 'ApproveArticlePublication' }))
  await approve('m-1')
  await end('article-00007')
  await approve('m-1')
  expect(await open()).toEqual([])
  await approve('m-2')
  expect(await open()).toEqual(['article-00007'])
})

test('18.3: post-publication requested again after a kill starts no second execution, open or closed', async () => {
  const { handle, open, end } = await startStarter()
  const followOn = {
    article_id: '00007',
    version: '1',
    run: 'r-1',
    expanded_folder: '00007.1/r-1',
    status: 'vor',
    update_date: '2012-12-13T00:00:00Z',
    eif_location: 'x',
  }
  const request = (messageId: string) => handle(message(followOn, { messageId, workflow: 'PostPerfectPublication' }))
  await request('m-1')
  expect(await open()).toEqual(['post-publication-00007.1.r-1'])
  await request('m-2')
  await end('post-publication-00007.1.r-1')
  await request('m-3')
  expect(await open()).toEqual([])
})

test('a message that cannot be understood goes to the dead-letter queue, with the reason', async () => {
  const { handle, deadLetters, open } = await startStarter()
  expect(await handle(message({}, { workflow: 'Format' }))).toBe('done')
  expect(await handle(message({ ...data, file_name: 'a.zip' }))).toBe('done')
  expect(await handle({ ...message({}), body: 'hello' })).toBe('done')
  expect(deadLetters.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('There is no workflow "Format"'),
    expect.stringContaining('"a.zip" is not the name of an article package'),
    expect.stringContaining('neither a JSON object'),
  ])
  expect(deadLetters[2]?.raw).toBe('hello')
  expect(await open()).toEqual([])
})

test('what SWF can never accept goes to the dead-letter queue too', async () => {
  const { handle, deadLetters } = await startStarter()
  const approval = { article_id: '00007', version: '1', run: 'r-1', publication_data: 'x'.repeat(40_000) }
  expect(await handle(message(approval, { workflow: 'ApproveArticlePublication' }))).toBe('done')
  expect(deadLetters).toMatchObject([{ reason: expect.stringContaining('SWF takes at most 32768') }])
})

test('nothing is lost while SWF does not know the workflows yet', async () => {
  const { handle, open, register, waiting, turn, deadLetters } = await startStarter({ registered: false })
  const handled = handle(message(data))
  await waiting()
  await register()
  turn()
  expect(await handled).toBe('done')
  expect(await open()).toEqual(['article-00007'])
  expect(deadLetters).toEqual([])
})

test('a message that waits when the process stops goes back to the queue', async () => {
  const { handle, waiting, stop } = await startStarter()
  await handle(message(data))
  const second = handle(message({ ...data, event_time: '2016-07-28T17:00:00Z' }, { messageId: 'm-2' }))
  await waiting()
  stop()
  expect(await second).toEqual({ retryAfter: 0 })
})

test('one that has waited through many restarts is requeued before SQS moves it to the dead-letter queue', async () => {
  const { handle, again, open } = await startStarter()
  const one = message(data, { receiveCount: 4 })
  expect(await handle(one)).toBe('done')
  expect(again).toEqual([one.body])
  expect(await open()).toEqual([])
})

test('one that is requeued keeps its place before later ones of its article', async () => {
  const { handle, again, open, end, waiting, turn } = await startStarter()
  const first = message(data, { receiveCount: 4 })
  await handle(first)
  const started: string[] = []
  const later = message({ ...data, event_time: '2016-07-28T17:00:00Z' }, { messageId: 'm-2' })
  const both = [handle(later).then(() => started.push('later'))]
  await waiting()
  expect(await open()).toEqual([])
  both.push(
    handle({ ...first, body: again[0] ?? '', messageId: 'm-3', receiveCount: 1 }).then(() => started.push('first')),
  )
  await vi.waitFor(() => {
    turn()
    expect(started).toEqual(['first'])
  })
  await end('article-00007')
  await vi.waitFor(() => {
    turn()
    expect(started).toEqual(['first', 'later'])
  })
  await Promise.all(both)
})

test('to start an execution SWF is asked once, and of a message that comes again not at all', async () => {
  const { handle, beside, end, calls } = await startStarter()
  calls()
  expect(await handle(message(data))).toBe('done')
  expect(calls()).toEqual(['StartWorkflowExecution'])
  expect(await beside(message(data, { messageId: 'm-2' }))).toBe('done')
  expect(calls()).toEqual([])
  await end('article-00007')
  calls()
  expect(await handle(message(data, { messageId: 'm-3' }))).toBe('done')
  expect(calls()).toEqual([])
})

test('of two starters none overtakes the other: an earlier delivery goes first, whoever has it', async () => {
  const { handle, beside, open, end, waiting, turn } = await startStarter()
  const at = (time: string, messageId: string) => message({ ...data, event_time: `2016-07-28T${time}Z` }, { messageId })
  await handle(at('16:00:00', 'm-1'))
  const second = handle(at('16:10:00', 'm-2'))
  await waiting()
  const third = beside(at('16:20:00', 'm-3'))
  const done: string[] = []
  void second.then(() => done.push('second'))
  void third.then(() => done.push('third'))
  await waiting()
  await end('article-00007')
  while (done.length === 0) {
    turn()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(done).toEqual(['second'])
  expect(await open()).toEqual(['article-00007'])
  await end('article-00007')
  while (done.length === 1) {
    turn()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(done).toEqual(['second', 'third'])
})

test('what a starter that was killed may have started is looked for, and found', async () => {
  const { handle, sql, open, end, calls } = await startStarter()
  await handle(message(data))
  await end('article-00007')
  // It asked SWF, and did not live to note the answer.
  await sql`update start set started_at = null, claimed_by = 'another', claimed_at = now() - interval '2 minutes'`
  calls()
  expect(await handle(message(data, { receiveCount: 2 }))).toBe('done')
  expect(calls()).toEqual(['ListOpenWorkflowExecutions', 'ListClosedWorkflowExecutions'])
  expect(await open()).toEqual([])
})

test('as long as the execution of a starter that was killed may be the open one, it is looked for at each attempt', async () => {
  const { handle, sql, waiting, turn, calls, end } = await startStarter()
  const later = { ...data, event_time: '2016-07-28T17:00:00Z' }
  await handle(message(data))
  await sql`
    insert into start (once, workflow_id, since, claimed_by, claimed_at)
    values (${runOf(later)}, 'article-00007', ${later.event_time}, 'another', now() - interval '2 minutes')`
  calls()
  const handled = handle(message(later, { messageId: 'm-2', receiveCount: 2 }))
  await waiting()
  const attempt = ['ListOpenWorkflowExecutions', 'ListClosedWorkflowExecutions', 'StartWorkflowExecution']
  expect(calls()).toEqual(attempt)
  await end('article-00007')
  calls()
  turn()
  expect(await handled).toBe('done')
  expect(calls()).toEqual(attempt)
})

test('a message that an earlier release received is looked for, too', async () => {
  const { handle, sql, open, end } = await startStarter()
  await handle(message(data))
  await end('article-00007')
  await sql`delete from start`
  expect(await handle(message(data, { receiveCount: 2 }))).toBe('done')
  expect(await open()).toEqual([])
})

test('a message that no starter holds any more keeps others waiting for five minutes, no longer', async () => {
  const { handle, sql, open } = await startStarter()
  await sql`
    insert into start (once, workflow_id, since, held_at)
    values ('lost', 'article-00007', '2016-07-28T16:00:00Z', now() - interval '6 minutes')`
  expect(await handle(message(data))).toBe('done')
  expect(await open()).toEqual(['article-00007'])
})

test('a delivery that is received before an earlier one of its article waits for that', async () => {
  const { handle, put, open, end, waiting, turn, events } = await startStarter()
  const first = await put('journal-00007-vor-r1.zip', 'the first')
  await put('journal-00008-vor-r1.zip', 'another article')
  const second = {
    ...(await put('journal-00007-vor-r2.zip', 'the second')),
    event_time: twoSecondsAfter(first.event_time),
  }
  const started: string[] = []
  const both = [handle(message(second, { messageId: 'm-2' })).then(() => started.push('r2'))]
  await waiting()
  expect(await open()).toEqual([])
  expect(events()).toEqual(['Delivery start'])
  turn()
  await vi.waitFor(() => expect(events()).toEqual(['Delivery start', 'Waiting start']))
  both.push(handle(message(first)).then(() => started.push('r1')))
  await vi.waitFor(async () => {
    turn()
    expect(started).toEqual(['r1'])
  })
  await end('article-00007')
  await vi.waitFor(() => {
    turn()
    expect(started).toEqual(['r1', 'r2'])
  })
  await Promise.all(both)
})

test('an earlier package whose notification does not come holds up the next for two minutes', async () => {
  const { handle, put, open, sql, waiting, turn } = await startStarter()
  const first = await put('journal-00007-vor-r1.zip', 'the first')
  const second = {
    ...(await put('journal-00007-vor-r2.zip', 'the second')),
    event_time: twoSecondsAfter(first.event_time),
  }
  const handled = handle(message(second))
  await waiting()
  expect(await open()).toEqual([])
  await sql`update start set received_at = now() - interval '2 minutes'`
  turn()
  expect(await handled).toBe('done')
  expect(await open()).toEqual(['article-00007'])
})

test('a package that is put again under its name, or was received before, holds up nothing', async () => {
  const { handle, put, open, end } = await startStarter()
  const first = await put('journal-00007-vor-r1.zip', 'the first')
  await handle(message(first))
  await end('article-00007')
  const again = { ...(await put('journal-00007-vor-r1.zip', 'changed')), event_time: twoSecondsAfter(first.event_time) }
  expect(await handle(message(again))).toBe('done')
  expect(await open()).toEqual(['article-00007'])
})

function twoSecondsAfter(time: string): string {
  return Temporal.Instant.from(time).add({ seconds: 2 }).toString()
}
