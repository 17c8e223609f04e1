import { expect, test, vi } from 'vitest'
import { event, readyRun } from '../../derive/history/messages.fixture.ts'
import { sendActs } from '../../executions/send-acts.ts'
import { logger, startDashboard } from '../../web/dashboard.fixture.ts'
import { executionPath } from './paths.ts'
import { startSilence, startSwf } from './swf.fixture.ts'

/** The markup with its characters as they are. */
const plain = (body: string) =>
  body.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '=').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

const words = (body: string) => plain(body.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ')

test('executions are listed open and closed, and found by article, run, workflow, state and part of an id', async () => {
  const swf = await startSwf()
  swf.faults['CheckPackage'] = 'for good'
  await swf.ended(await swf.start('00353', 'a'))
  swf.faults['CheckPackage'] = 'for now'
  const open = await swf.start('ijm-00202', 'b')
  await swf.has(open, 'TimerStarted')
  await using dashboard = await startDashboard()
  const found = async (query: string) => {
    const { body, statusCode } = await dashboard.get(`/executions${query}`)
    return [
      statusCode,
      ...[...plain(body).matchAll(/<h2>\s*<a href="\/execution\?[^"]*">([^<]+)<\/a>/g)].map(([, id]) => id),
    ]
  }
  expect(await found('')).toEqual([200, 'article-ijm-00202', 'article-00353'])
  expect(await found('?status=open')).toEqual([200, 'article-ijm-00202'])
  expect(await found('?status=failed')).toEqual([200, 'article-00353'])
  expect(await found('?status=completed')).toEqual([200])
  expect(await found('?article=00353')).toEqual([200, 'article-00353'])
  expect(await found('?article=00353&run=a')).toEqual([200, 'article-00353'])
  expect(await found('?article=00353&run=b')).toEqual([200])
  expect(await found('?q=ijm')).toEqual([200, 'article-ijm-00202'])
  expect(await found('?q=article-00353')).toEqual([200, 'article-00353'])
  expect(await found('?workflow=Deposit')).toEqual([200])
  expect(await found('?workflow=PublishPerfectArticle&days=1')).toEqual([200, 'article-ijm-00202', 'article-00353'])
  expect(await found('?until=2020-01-01T00:00:00Z')).toEqual([200])
  expect(await found('?until=yesterday')).toEqual([400])
})

test('open executions of deposits are counted, and a chip of the address shows them; those of articles come first', async () => {
  const swf = await startSwf({ workers: false })
  await swf.start('00353')
  await swf.startDeposits(120)
  await using dashboard = await startDashboard()
  const found = async (query: string) => {
    const body = plain((await dashboard.get(`/executions${query}`)).body)
    return {
      ids: [...body.matchAll(/<h2>\s*<a href="\/execution\?[^"]*">([^<]+)<\/a>/g)].map(([, id]) => id ?? ''),
      body,
    }
  }
  const first = await found('')
  expect(first.ids).toEqual(['article-00353'])
  expect(words(first.body)).toContain('120 for deposits')
  expect(first.body).toContain('href="/executions?days=7&deposits=only"')
  const own = await found('?deposits=only')
  expect([own.ids.length, own.ids.every((id) => id.startsWith('deposits-'))]).toEqual([100, true])
  expect(words(own.body)).toContain('Remove the filter Deposits: only these')
  expect((await found('?deposits=with&status=open')).ids).toHaveLength(100)
  expect((await found('?status=open')).ids).toEqual(['article-00353'])
  // What is asked for by its name is never left out.
  expect((await found('?article=10003')).ids).toEqual(['deposits-10003.1.a'])
  expect((await found('?workflow=Deposits')).ids).toHaveLength(100)
  expect((await found('?q=deposits-10003')).ids).toEqual(['deposits-10003.1.a'])
})

test('deposits that have ended well are counted with those that wait, so that a morning begins with what matters', async () => {
  const swf = await startSwf()
  await swf.ended(await swf.start('00353'))
  await swf.startDeposits(3, { waits: false })
  await using dashboard = await startDashboard()
  const found = async (query: string) => {
    const body = plain((await dashboard.get(`/executions${query}`)).body)
    return [...body.matchAll(/<h2>\s*<a href="\/execution\?[^"]*">([^<]+)<\/a>/g)].map(([, id]) => id ?? '')
  }
  await expect.poll(() => found('?workflow=Deposits&status=completed')).toHaveLength(3)
  expect(await found('')).toEqual(['article-00353'])
  expect(words((await dashboard.get('/executions')).body)).toContain('3 for deposits')
  expect(await found('?deposits=only')).toHaveLength(3)
  expect(await found('?deposits=with')).toHaveLength(4)
})

test('an execution shows its steps as a graph and a table, its attempts and its timeline, without secrets', async () => {
  const swf = await startSwf()
  await swf.ended(await swf.start('00001'))
  swf.faults['CheckPackage'] = 'for good'
  const execution = await swf.start('00353')
  await swf.ended(execution)
  await using dashboard = await startDashboard()
  const { body, statusCode } = await dashboard.get(executionPath(execution))
  expect(statusCode).toBe(200)
  const page = words(body)
  expect(page).toMatch(/CheckPackage failed .*Figure 1 has no file/)
  expect(body).toMatch(/<g class="node is-failed"[^]*?CheckPackage/)
  expect(body).toMatch(/<g class="node is-completed"[^]*?ExpandArticle/)
  expect(body).toMatch(/<g class="node is-not-reached"[^]*?PostToSite/)
  expect(body).toMatch(/<th scope="row">\s*CheckPackage\s*<\/th>/)
  expect(page).toMatch(/CheckPackage attempt 1 of 3 FAILED after/)
  expect(plain(body)).toContain('href="/article/00353/1/a"')
  expect(page).toContain('"articleId": "00353"')
  for (const secret of ['do not show', 'c2VjcmV0', 'abcdefgh']) expect(body).not.toContain(secret)
  expect(body).not.toContain('Try now')
  const unknown = await dashboard.get(executionPath({ ...execution, runId: 'nobody' }))
  expect([unknown.statusCode, words(unknown.body)]).toEqual([
    404,
    expect.stringContaining('SWF does not know run nobody'),
  ])
})

test('a step whose retry waits is tried now, and the log has who and when', async () => {
  const swf = await startSwf()
  swf.faults['PostToSite'] = 'for now'
  const execution = await swf.start('00353')
  await swf.has(execution, 'TimerStarted')
  await using dashboard = await startDashboard()
  const [ada, grace] = [await dashboard.signIn('Ada', 'operator'), await dashboard.signIn('Grace', 'editor')]
  const path = executionPath(execution)
  expect(words((await ada.get(path)).body)).toMatch(/A retry of PostToSite at .* Try now/)
  expect((await grace.get(path)).body).not.toContain('/executions/try-now')
  swf.faults['PostToSite'] = undefined
  const form: [string, string][] = [
    ['id', execution.workflowId],
    ['run', execution.runId],
    ['attempt', 'PostToSite#2'],
  ]
  const sent = await ada.submit('/executions/try-now', form)
  expect([sent.statusCode, sent.headers.location]).toEqual([303, path])
  expect(await swf.ended(execution)).toMatchObject({ status: 'completed' })
  await ada.submit('/executions/try-now', form)
  expect(words((await ada.get('/activity?q=article-00353')).body)).toMatch(
    /Ada Try a step now of article-00353 PostToSite#2 00353 refused The execution had closed\. .*Ada Try a step now of article-00353 PostToSite#2 00353 done/,
  )
})

test('an execution is terminated with a reason, and says so', async () => {
  const swf = await startSwf({ workers: false })
  const execution = await swf.start('00353')
  await swf.has(execution, 'ActivityTaskScheduled')
  await using dashboard = await startDashboard()
  const ada = await dashboard.signIn('Ada', 'operator')
  const waiting = words((await ada.get(executionPath(execution))).body)
  expect(waiting).toMatch(/A worker for ExpandArticle: none has taken it from the task list activities since/)
  const form: [string, string][] = [
    ['id', execution.workflowId],
    ['run', execution.runId],
  ]
  expect((await ada.submit('/executions/terminate', [...form, ['why', ' ']])).statusCode).toBe(400)
  await ada.submit('/executions/terminate', [...form, ['why', 'the wrong package']])
  expect(await swf.executions.outcome(execution)).toMatchObject({
    status: 'terminated',
    reason: 'Ada: the wrong package',
  })
  const page = words((await ada.get(executionPath(execution))).body)
  expect(page).toMatch(/The execution was terminated .*Ada: the wrong package/)
  expect(page).toMatch(/Ada terminated it: the wrong package\./)
})

test('a failed execution is rerun from its failed step, once, and only its newest run', async () => {
  const swf = await startSwf()
  swf.faults['CheckPackage'] = 'for good'
  const first = await swf.start('00353')
  await swf.ended(first)
  await using dashboard = await startDashboard()
  const ada = await dashboard.signIn('Ada', 'operator')
  swf.faults['CheckPackage'] = undefined
  swf.done.splice(0)
  const rerun = (runId: string, why = '') =>
    ada.submit('/executions/rerun', [
      ['id', first.workflowId],
      ['run', runId],
      ['why', why],
    ])
  const sent = await rerun(first.runId, 'the rule is mended')
  const runId = new URL(sent.headers.location ?? '', 'http://x').searchParams.get('run') ?? ''
  expect(runId).not.toBe(first.runId)
  const second = { ...first, runId }
  expect(await swf.ended(second)).toMatchObject({ status: 'completed' })
  expect(swf.done).not.toContain('ExpandArticle')
  const page = words((await ada.get(executionPath(second))).body)
  expect(page).toMatch(/ExpandArticle done in an earlier run/)
  expect(page).toMatch(/Ada reran it from the failed step: the rule is mended\. The new run/)
  await rerun(first.runId)
  await rerun(second.runId)
  const log = words((await ada.get('/activity?action=rerun+execution')).body)
  expect(log).toContain(`Run ${second.runId} is newer: only the newest run of an id can be rerun.`)
  expect(log).toContain('there is no failed step to rerun it from')
  expect(words((await ada.get(executionPath(first))).body)).toContain('A newer run of this id is there')
})

test('while SWF hangs every page answers within a second and says so, and an act is stored and done once SWF answers', async () => {
  const swf = await startSwf()
  swf.faults['CheckPackage'] = 'for good'
  const execution = await swf.start('00353')
  await swf.ended(execution)
  vi.stubEnv('AWS_ENDPOINT_URL', await startSilence())
  await using dashboard = await startDashboard()
  const ada = await dashboard.signIn('Ada', 'operator')
  const times: number[] = []
  for (const path of ['/executions', '/executions?article=00353', executionPath(execution)]) {
    const asked = performance.now()
    const { statusCode, body } = await ada.get(path)
    expect([statusCode, words(body)]).toEqual([503, expect.stringContaining('SWF did not answer within 0.7 s.')])
    times.push(performance.now() - asked)
  }
  // The quickest: this machine may have other things to do.
  expect(Math.min(...times)).toBeLessThan(1_000)
  await ada.submit('/executions/rerun', [
    ['id', execution.workflowId],
    ['run', execution.runId],
    ['why', 'mended'],
  ])
  expect(words((await ada.get(executionPath(execution))).body)).toContain('Not done yet: SWF has not answered.')
  expect(words((await ada.get('/activity?q=mended')).body)).toMatch(/Rerun from the failed step .*mended waiting/)

  const { sql } = dashboard
  await sql`update execution_act set leased_until = clock_timestamp() - interval '1 second'`
  await sendActs({ sql, executions: swf.executions, milliseconds: 5_000, logger })
  expect(await sql`select result, why, tries from execution_act`).toEqual([{ result: 'done', why: 'mended', tries: 2 }])
})

test('an act that may have reached SWF before is looked for, so that nothing is rerun twice', async () => {
  const swf = await startSwf()
  swf.faults['CheckPackage'] = 'for good'
  const execution = await swf.start('00353')
  await swf.ended(execution)
  await using dashboard = await startDashboard()
  const { sql } = dashboard
  await sql`insert into execution_act (kind, workflow_id, run_id, requested_by, tries)
    values ('rerun', ${execution.workflowId}, ${execution.runId}, 'Ada', 1)`
  const { runId = '' } = await swf.executions.rerun(execution)
  await swf.ended({ ...execution, runId })
  await dashboard.swf.sendActs()
  expect(await sql`select result, new_run, tries from execution_act`).toEqual([
    { result: 'done', new_run: runId, tries: 2 },
  ])
  expect(await Array.fromAsync(swf.executions.listClosed({ workflowId: execution.workflowId }))).toHaveLength(2)
})

test('the grid shows at which step runs fail, by days', async () => {
  await using dashboard = await startDashboard()
  const now = Temporal.Now.instant()
  const at = (minutes: number) => now.subtract({ minutes: 100 - minutes }).epochMilliseconds
  const recent = (id: string, minutes: number, type: string, status: string) => {
    const { message } = event(0, type, status, { item_identifier: id, run: id })
    const timestamp = Temporal.Instant.fromEpochMilliseconds(at(minutes)).toString()
    return { sent: at(minutes), message: { ...message, timestamp } }
  }
  await dashboard.receive([
    ...readyRun(),
    ...['1', '2', '3'].flatMap((id, index) => [
      recent(id, index, 'Expand Article', 'start'),
      recent(id, index + 10, 'Expand Article', 'end'),
      recent(id, index + 11, 'Check Package', id === '3' ? 'end' : 'error'),
    ]),
  ])
  const { body, statusCode } = await dashboard.get('/executions/steps')
  expect(statusCode).toBe(200)
  const page = words(body)
  expect(page).toContain('Check Package : 2 of 3 runs failed')
  expect(page).toMatch(/3 v1 done done/)
  expect(page).toMatch(/2 v1 done failed/)
  expect(words((await dashboard.get('/executions/steps?days=90')).body)).toContain('Expand Article')
})

test('an article links to the executions of its run', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const { body } = await dashboard.get('/article/00353/1/a')
  expect(plain(body)).toContain('href="/executions?article=00353&run=a"')
})
