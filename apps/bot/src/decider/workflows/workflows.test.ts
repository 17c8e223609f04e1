import { encodePublicationData } from '@continuum/messages'
import { implement, PermanentFailure, type AnyWorkflow, type Implementation } from '@continuum/workflow-core'
import { runWorkflow } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { journal } from '@continuum/package/testing'
import type { ArticleRun } from '../../activities/article-run.ts'
import { followOn } from '../../worker/run/follow-on.ts'
import { approveArticlePublication } from './approve-article-publication.ts'
import { holdForEmbargo } from './hold-for-embargo.ts'
import { postPerfectPublication } from './post-perfect-publication.ts'
import { withdrawArticle } from './withdraw-article.ts'
import { publishPerfectArticle, publishPerfectArticle1, publishPerfectArticle3 } from './publish-perfect-article.ts'

const run = 'r-1'
const article: ArticleRun = {
  articleId: '00007',
  version: 2,
  run,
  journal: 'journal',
  status: 'vor',
  folder: '00007.2/r-1',
  resupplied: false,
}
const published = '2012-12-13T00:00:00Z'
const delivery = {
  article_id: '00007',
  run,
  event_name: 'ObjectCreated:Put',
  event_time: '2016-07-28T16:14:27Z',
  bucket_name: 'production',
  file_name: 'journal-00007-vor-r1.zip',
  file_etag: null,
  file_size: 3,
}
const approval = {
  article_id: '00007',
  version: '2',
  run,
  publication_data: encodePublicationData(followOn(journal, article, published)),
}

/** The output of each step when all goes well. */
const answers: Readonly<Record<string, unknown>> = {
  CompareDelivery: {},
  VersionLookup: { version: 2 },
  ExpandArticle: article,
  SetPublicationStatus: { automatic: false },
  CheckApproval: article,
  PublishToLax: { published },
}

class RefusedFailure extends PermanentFailure {}

/** Makes stand-ins for the steps of a workflow, which record their inputs; some answer otherwise, or fail. */
function standIns({ uses }: AnyWorkflow, otherwise: Readonly<Record<string, unknown>> = {}) {
  const done: string[] = []
  const inputs: Record<string, unknown> = {}
  const activities = Object.values(uses)
    .filter((used) => used.kind === 'activity')
    .map((activity): Implementation =>
      implement(activity, async (input) => {
        done.push(activity.name)
        inputs[activity.name] = input
        const answer = otherwise[activity.name] ?? answers[activity.name]
        if (answer instanceof Error) throw answer
        return typeof answer === 'function' ? answer(input) : answer
      }),
    )
  return { activities, done, inputs }
}

const deliver = (otherwise?: Readonly<Record<string, unknown>>, signals: { name: string; payload: unknown }[] = []) => {
  const { activities, done, inputs } = standIns(publishPerfectArticle, otherwise)
  const sent = signals.map((signal, at) => ({ after: `${at + 1}h` as const, ...signal }))
  return {
    done,
    inputs,
    ended: runWorkflow(publishPerfectArticle, delivery, { activities, signals: sent, workflowId: 'article-00007' }),
  }
}

test('a delivery goes through its steps in order and is held for a person', async () => {
  const { done, inputs, ended } = deliver()
  const { output } = await ended
  expect(output).toEqual({ version: 2, published: false })
  expect(done.slice(0, 3)).toEqual(['CompareDelivery', 'VersionLookup', 'ExpandArticle'])
  const sideBySide = done.slice(3, 9)
  const ofTheXml = ['CheckPackage', 'DescribeArticle', 'SetPublicationStatus', 'IngestToLax']
  expect(sideBySide.filter((step) => ofTheXml.includes(step))).toEqual(ofTheXml)
  expect(sideBySide.filter((step) => !ofTheXml.includes(step)).toSorted()).toEqual(['ConvertImages', 'DepositAssets'])
  expect(done.slice(9)).toEqual(['PostToSite', 'HoldForApproval'])
  expect(inputs['ExpandArticle']).toMatchObject({ articleId: '00007', version: 2, run, delivery: { file_etag: null } })
})

test('18.2: a delivery of the same files ends before it has a version', async () => {
  const { done, ended } = deliver({ CompareDelivery: { sameAs: { version: 1, run: 'r-0' } } })
  expect((await ended).output).toEqual({ version: 1, published: false })
  expect(done).toEqual(['CompareDelivery'])
})

test('an execution that began with version 3 goes on in its order: nothing is made of a package before it is checked', async () => {
  const { activities, done } = standIns(publishPerfectArticle3)
  await runWorkflow(publishPerfectArticle3, delivery, { activities, workflowId: 'article-00007' })
  expect(done.slice(2, 4)).toEqual(['ExpandArticle', 'CheckPackage'])
  expect(done.slice(4, 8)).toContain('ConvertImages')
  expect(done.slice(8)).toEqual(['IngestToLax', 'PostToSite', 'HoldForApproval'])
})

test('an execution that began with version 1 goes on in its order: described first, then the figures', async () => {
  const { activities, done } = standIns(publishPerfectArticle1)
  await runWorkflow(publishPerfectArticle1, delivery, { activities, workflowId: 'article-00007' })
  expect(done.slice(3, 5)).toEqual(['DescribeArticle', 'SetPublicationStatus'])
  expect(done.slice(5, 7).toSorted()).toEqual(['ConvertImages', 'DepositAssets'])
})

test('an automatic one asks for its publication and stays open until that has ended', async () => {
  const ending = { name: 'publicationEnded', payload: { run } }
  const { done, inputs, ended } = deliver({ SetPublicationStatus: { automatic: true } }, [ending])
  const { output, history } = await ended
  expect(output).toEqual({ version: 2, published: true })
  expect(done).not.toContain('HoldForApproval')
  expect(inputs['RequestApproval']).toMatchObject({ heldBy: 'article-00007', version: 2 })
  const seconds = (Number(history.at(-1)?.eventTimestamp) - Number(history[0]?.eventTimestamp)) / 1_000
  expect(seconds).toBeGreaterThan(3_500)
})

test('the late end of an earlier publication is not its own', async () => {
  const endings = [
    { name: 'publicationEnded', payload: { run: 'r-0' } },
    { name: 'publicationEnded', payload: { run, failure: { activity: 'PublishToLax', message: 'refused' } } },
  ]
  const { done, ended } = deliver({ SetPublicationStatus: { automatic: true } }, endings)
  const { outcome } = await ended
  expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringContaining('PublicationFailure') })
  expect(done).not.toContain('ReportFailure')
})

test('a step that fails for good is reported once, under its name and version, and the execution fails with it', async () => {
  const { done, inputs, ended } = deliver({ CheckPackage: new RefusedFailure('3 figures have no file.') })
  const { outcome } = await ended
  expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringContaining('CheckPackage') })
  expect(done.filter((step) => !['ConvertImages', 'DepositAssets'].includes(step))).toEqual([
    'CompareDelivery',
    'VersionLookup',
    'ExpandArticle',
    'CheckPackage',
    'ReportFailure',
  ])
  expect(done.at(-1)).toBe('ReportFailure')
  expect(inputs['ReportFailure']).toMatchObject({
    articleId: '00007',
    version: 2,
    run,
    event: 'Check Package',
    reason: 'RefusedFailure',
    message: '3 figures have no file.',
    attempts: 1,
    permanent: true,
    publishing: false,
  })
})

test('a failure before the version is known is reported as of version 0', async () => {
  const { inputs, ended } = deliver({ VersionLookup: new RefusedFailure('no such journal') })
  await ended
  expect(inputs['ReportFailure']).toMatchObject({ version: 0, event: 'Version Lookup' })
})

test('a step that goes on failing is tried as often as its policy says', async () => {
  const { done, inputs, ended } = deliver({ IngestToLax: new Error('lax is down') })
  await ended
  expect(done.filter((name) => name === 'IngestToLax')).toHaveLength(24)
  expect(inputs['ReportFailure']).toMatchObject({ event: 'Ingest To Lax', attempts: 24, permanent: false })
})

test('a busy site is left alone for as long as it says, as often as it is busy, and no attempt is used up', async () => {
  const busyFor = (input: unknown) => {
    const { busyBefore = 0 } = Object(input)
    return busyBefore < 30 ? { busyFor: 60 } : undefined
  }
  const { done, ended } = deliver({ PostToSite: busyFor })
  const { output, history } = await ended
  expect(output).toEqual({ version: 2, published: false })
  expect(done.filter((name) => name === 'PostToSite')).toHaveLength(31)
  const seconds = (Number(history.at(-1)?.eventTimestamp) - Number(history[0]?.eventTimestamp)) / 1_000
  expect(seconds).toBeGreaterThanOrEqual(30 * 60)
  expect(seconds).toBeLessThan(31 * 60)
})

test('when one of two parallel steps fails, the report waits for the other', async () => {
  const { done, ended } = deliver({
    ConvertImages: new RefusedFailure('no image'),
    DepositAssets: new Error('S3 is down'),
  })
  await ended
  expect(done.filter((name) => name === 'DepositAssets')).toHaveLength(7)
  expect(done.at(-1)).toBe('ReportFailure')
})

const approve = (otherwise?: Readonly<Record<string, unknown>>, more: { held_by?: string } = {}) => {
  const { activities, done, inputs } = standIns(approveArticlePublication, otherwise)
  return { done, inputs, ended: runWorkflow(approveArticlePublication, { ...approval, ...more }, { activities }) }
}

test('an approval publishes files, site and lax in this order, and then what follows', async () => {
  const { done, inputs, ended } = approve()
  const { output } = await ended
  expect(output).toEqual({ published })
  expect(done).toEqual(['CheckApproval', 'PublishAssets', 'ApprovePublication', 'PublishToLax', 'StartPostPublication'])
  expect(inputs['StartPostPublication']).toMatchObject({ folder: article.folder, published })
})

const embargo = { until: '2012-12-24T00:00:00Z', seconds: 86_400 }

test('an approval before the date of publication makes nothing public, and has itself held', async () => {
  const { done, inputs, ended } = approve({ CheckApproval: { ...article, embargo } })
  expect((await ended).output).toEqual({ waitsUntil: embargo.until })
  expect(done).toEqual(['CheckApproval', 'HoldPublication'])
  expect(inputs['HoldPublication']).toMatchObject({ articleId: '00007', version: 2, run, embargo })
})

test('the delivery that waits for an approval by rule ends: it is not public, and nothing has failed', async () => {
  const { inputs, ended } = approve({ CheckApproval: { ...article, embargo } }, { held_by: 'article-00007' })
  await ended
  expect(inputs['TellDelivery']).toEqual({ workflowId: 'article-00007', ended: { run, waitsUntil: embargo.until } })
  const told = { name: 'publicationEnded', payload: { run, waitsUntil: embargo.until } }
  const { output } = await deliver({ SetPublicationStatus: { automatic: true } }, [told]).ended
  expect(output).toEqual({ version: 2, published: false })
})

test('a held approval is requested again at its date, and not before', async () => {
  const { activities, inputs } = standIns(holdForEmbargo)
  const { history, outcome } = await runWorkflow(holdForEmbargo, { approval, ...embargo }, { activities })
  expect(outcome.status).toBe('completed')
  expect(inputs['ResumeApproval']).toMatchObject({ articleId: '00007', version: 2, run, approval })
  const at = (type: string) => Number(history.find(({ eventType }) => eventType === type)?.eventTimestamp) / 1000
  const waited = at('ActivityTaskScheduled') - at('WorkflowExecutionStarted')
  expect(waited).toBeGreaterThanOrEqual(embargo.seconds)
  expect(waited).toBeLessThan(embargo.seconds + 60)
})

test('an approval that does not pass its check makes nothing public, and leaves the version as it is', async () => {
  const { done, inputs, ended } = approve({ CheckApproval: new RefusedFailure('superseded') })
  const { outcome } = await ended
  expect(outcome.status).toBe('failed')
  expect(done).toEqual(['CheckApproval', 'ReportFailure'])
  expect(inputs['ReportFailure']).toMatchObject({ event: 'Check Approval', publishing: false })
})

test('a withdrawal that fails for good is reported with what to do', async () => {
  const { activities, done, inputs } = standIns(withdrawArticle, { WithdrawArticle: new RefusedFailure('lax refused') })
  const order = { article_id: '00007', version: 2, run, who: 'ada', why: 'an error' }
  const { outcome } = await runWorkflow(withdrawArticle, order, { activities })
  expect([outcome.status, done]).toEqual(['failed', ['WithdrawArticle', 'ReportFailure']])
  expect(inputs['ReportFailure']).toMatchObject({ event: 'Withdraw Article', publishing: false, articleId: '00007' })
})

test('a publication that fails on its way is reported as such', async () => {
  const { inputs, ended } = approve({ ApprovePublication: new RefusedFailure('the site refused') })
  await ended
  expect(inputs['ReportFailure']).toMatchObject({ event: 'Approve Publication', publishing: true })
})

test.each([
  ['success', {}, { run }],
  [
    'failure',
    { PublishToLax: new RefusedFailure('no') },
    { run, failure: { activity: 'PublishToLax', message: 'no' } },
  ],
  [
    'failure, though it could not be reported',
    { PublishToLax: new RefusedFailure('no'), ReportFailure: new RefusedFailure('no queue') },
    { run, failure: { activity: 'PublishToLax', message: 'no' } },
  ],
])('the delivery that waits is told of %s', async (_, otherwise, told) => {
  const { inputs, ended } = approve(otherwise, { held_by: 'article-00007' })
  const { outcome } = await ended
  expect(inputs['TellDelivery']).toEqual({ workflowId: 'article-00007', ended: told })
  expect(outcome.status).toBe('failure' in told ? 'failed' : 'completed')
})

test('after a publication its package is archived, and then all is done', async () => {
  const { activities, done, inputs } = standIns(postPerfectPublication)
  const data = {
    article_id: '00007',
    version: 2,
    run,
    expanded_folder: article.folder,
    status: 'vor',
    update_date: published,
    eif_location: 'x',
  }
  const { outcome } = await runWorkflow(postPerfectPublication, data, { activities })
  expect(outcome.status).toBe('completed')
  expect(done).toEqual(['ArchiveArticle', 'PlanDeposits', 'EndPostPublication'])
  expect(inputs['ArchiveArticle']).toMatchObject({ version: 2, folder: article.folder, published })
})
