import { expect, test } from 'vitest'
import { complete, domain, errorOf, schedule, startSwf, workflowType } from '../testing/internal/swf-client.ts'

/** Lists and counts of executions and of waiting tasks. */

const since = (oldest: number) => ({ startTimeFilter: { oldestDate: new Date(oldest) } })
const all = since(0)

/** Three articles started a minute apart: a and c open, b completed. */
async function withArticles() {
  const harness = await startSwf()
  const { swf, clock, start, decide } = harness
  await swf.registerWorkflowType({
    domain,
    name: 'Approve',
    version: '2',
    defaultTaskList: { name: 'elsewhere' },
    defaultChildPolicy: 'ABANDON',
    defaultExecutionStartToCloseTimeout: '3600',
    defaultTaskStartToCloseTimeout: 'NONE',
  })
  const began = clock.now()
  await start('b', { tagList: ['vor', 'elife'] })
  clock.advance(60_000)
  await start('a', { tagList: ['poa'], taskList: { name: 'elsewhere' } })
  clock.advance(60_000)
  await start('c', { workflowType: { name: 'Approve', version: '2' } })
  clock.advance(60_000)
  await decide(complete)
  const open = async (filters: object) =>
    (await swf.listOpenWorkflowExecutions({ domain, ...all, ...filters })).executionInfos?.map(
      ({ execution }) => execution?.workflowId,
    )
  const closed = async (filters: object) =>
    (await swf.listClosedWorkflowExecutions({ domain, ...filters })).executionInfos?.map(
      ({ execution }) => execution?.workflowId,
    )
  return { ...harness, began, open, closed }
}

test('open executions are listed newest first, or oldest first', async () => {
  const { open } = await withArticles()
  expect(await open({})).toEqual(['c', 'a'])
  expect(await open({ reverseOrder: true })).toEqual(['a', 'c'])
})

test('lists and counts filter by time, workflow id, type and tag', async () => {
  const { swf, open, closed, began } = await withArticles()
  const minutes = (n: number) => new Date(began + n * 60_000)
  expect(await open({ startTimeFilter: { oldestDate: minutes(2) } })).toEqual(['c'])
  expect(await open({ startTimeFilter: { oldestDate: minutes(0), latestDate: minutes(1) } })).toEqual(['a'])
  expect(await open({ executionFilter: { workflowId: 'a' } })).toEqual(['a'])
  expect(await open({ typeFilter: { name: 'Approve' } })).toEqual(['c'])
  expect(await open({ typeFilter: { name: 'Approve', version: '1' } })).toEqual([])
  expect(await open({ tagFilter: { tag: 'poa' } })).toEqual(['a'])
  expect(await closed({ ...all, tagFilter: { tag: 'elife' } })).toEqual(['b'])
  expect(await closed({ ...all, closeStatusFilter: { status: 'COMPLETED' } })).toEqual(['b'])
  expect(await closed({ ...all, closeStatusFilter: { status: 'FAILED' } })).toEqual([])
  expect(await closed({ closeTimeFilter: { oldestDate: minutes(3) } })).toEqual(['b'])
  expect(await closed({ closeTimeFilter: { oldestDate: minutes(3.1) } })).toEqual([])

  const counted = { count: 1, truncated: false }
  expect(await swf.countOpenWorkflowExecutions({ domain, ...all, tagFilter: { tag: 'poa' } })).toMatchObject(counted)
  expect(await swf.countClosedWorkflowExecutions({ domain, ...all, typeFilter: workflowType })).toMatchObject(counted)
})

test('pages neither repeat nor omit executions, even if some start in between', async () => {
  const { swf, start } = await startSwf()
  const ids = Array.from({ length: 7 }, (_, i) => `article-${i}`)
  for (const id of ids) await start(id)
  const found: (string | undefined)[] = []
  let nextPageToken: string | undefined
  do {
    const page = await swf.listOpenWorkflowExecutions({
      domain,
      ...all,
      maximumPageSize: 3,
      ...(nextPageToken === undefined ? {} : { nextPageToken }),
    })
    found.push(...(page.executionInfos ?? []).map(({ execution }) => execution?.workflowId))
    nextPageToken = page.nextPageToken
    await start(`new after ${found.length}`)
  } while (nextPageToken !== undefined)
  expect(found).toEqual(ids.toReversed())
})

test('filters that exclude each other are refused, and so is a missing time filter', async () => {
  const { swf } = await startSwf()
  const list = (filters: object) => errorOf(swf.listClosedWorkflowExecutions({ domain, ...filters }))
  expect(await list({})).toEqual({ name: 'ValidationException', message: 'Must specify time filter' })
  expect(await list({ ...all, closeTimeFilter: { oldestDate: new Date(0) } })).toMatchObject({
    name: 'ValidationException',
  })
  expect(await list({ ...all, typeFilter: { name: 'x' }, closeStatusFilter: { status: 'FAILED' } })).toEqual({
    name: 'ValidationException',
    message:
      'Cannot specify more than one exclusive filters in the same query: [WorkflowTypeFilter, CloseStatusFilter]',
  })
})

test('closed executions vanish after the retention period of their domain', async () => {
  const { swf, clock, start, decide, closed } = await withArticles()
  const week = 7 * 24 * 3600 * 1000
  const { executionInfos: [info] = [] } = await swf.listClosedWorkflowExecutions({ domain, ...all })
  clock.advance(week - 1)
  expect(await closed(all)).toContain('b')
  clock.advance(1)
  expect(await closed(all)).not.toContain('b')
  const { execution } = info ?? {}
  expect(await errorOf(swf.getWorkflowExecutionHistory({ domain, execution }))).toMatchObject({
    name: 'UnknownResourceFault',
  })
  expect(await errorOf(swf.describeWorkflowExecution({ domain, execution }))).toMatchObject({
    name: 'UnknownResourceFault',
  })
  await start('d')
  await decide(complete)
  expect(await closed({ ...all, executionFilter: { workflowId: 'd' } })).toEqual(['d'])
})

test('pending tasks are counted by list; a started decision task counts, a started activity does not', async () => {
  const { swf, start, decide, activityTask, decisionTask } = await startSwf()
  const activities = () => swf.countPendingActivityTasks({ domain, taskList: { name: 'activities' } })
  const decisions = () => swf.countPendingDecisionTasks({ domain, taskList: { name: 'decisions' } })
  await start('a')
  await decide(schedule('one'), schedule('two'), schedule('three', { taskPriority: '5' }))
  await activityTask()
  expect(await activities()).toMatchObject({ count: 2, truncated: false })
  expect(await decisions()).toMatchObject({ count: 0 })
  await start('b')
  expect(await decisions()).toMatchObject({ count: 1 })
  await decisionTask()
  expect(await decisions()).toMatchObject({ count: 1 })
  expect(await swf.countPendingActivityTasks({ domain, taskList: { name: 'unknown' } })).toMatchObject({ count: 0 })
})
