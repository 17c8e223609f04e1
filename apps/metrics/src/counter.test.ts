import { describe, expect, test } from 'vitest'
import { absent, counterErrors, why } from './api-schemas.fixture.ts'
import { createLogger } from '@continuum/service'
import { createMetrics } from './app.ts'
import { counterKey, startMetrics, token, type MetricsUnderTest } from './metrics.fixture.ts'

const credentials = `customer_id=0000000000000000&api_key=${counterKey}`
const report = (
  metrics: MetricsUnderTest,
  name: string,
  query = 'begin_date=2026-01&end_date=2026-02',
  key = credentials,
) => metrics.get(`/r51/reports/${name}?${key}&${query}`)

/** Usage of two articles and a second journal in January and February; both months are closed. */
async function withUsage(metrics: MetricsUnderTest) {
  metrics.published['09560'] = {
    statuses: ['vor'],
    published: '2015-09-10',
    authorLine: 'Lee Berger, John Hawks and others',
  }
  metrics.published['ijm-00202'] = { statuses: ['vor'], published: '2020-01-01' }
  const clicks = [
    { at: '2026-01-05T10:00:00Z' },
    { at: '2026-01-05T10:30:00Z', use: 'pdf' as const },
    { at: '2026-01-06T10:00:00Z', article: '09560', use: 'abstract' as const },
    { at: '2026-02-06T10:00:00Z', article: '09560' },
    { at: '2026-02-06T10:00:00Z', article: 'ijm-00202' },
  ]
  await metrics.click(clicks)
  for (const day of ['2026-01-06', '2026-02-06']) await metrics.close(day)
}

/** Adds up the counts of all performances below a value. */
function sums(value: unknown): Record<string, number> {
  const total: Record<string, number> = {}
  JSON.stringify(value, (key, part: unknown) => {
    if (key === 'Performance')
      for (const [metric, months] of Object.entries(Object(part)))
        for (const count of Object.values(Object(months))) total[metric] = (total[metric] ?? 0) + Number(count)
    return part
  })
  return total
}

test('scenario 17: the status is public, reports say their months, a wrong key is refused', async () => {
  await using metrics = await startMetrics()
  await withUsage(metrics)
  const status = (await metrics.get('/r51/status')).json()
  expect(status).toEqual([{ Description: 'COUNTER usage reports of The Site', Service_Active: true }])
  const reports = (await metrics.get(`/r51/reports?${credentials}`)).json()
  expect(reports).toHaveLength(5)
  expect(reports[0]).toMatchObject({
    Report_ID: 'PR',
    First_Month_Available: '2026-01',
    Last_Month_Available: '2026-02',
  })
  if (!absent) for (const each of reports) expect(counterErrors('Report', each)).toEqual([])
  for (const [query, code, httpStatus] of [
    ['customer_id=0000000000000000&api_key=wrong', 2020, 401],
    [`customer_id=1&api_key=${counterKey}`, 2010, 403],
    ['customer_id=0000000000000000', 1030, 400],
  ] as const) {
    const refused = await metrics.get(`/r51/reports?${query}`)
    expect([refused.statusCode, refused.json().Code]).toEqual([httpStatus, code])
    if (!absent) expect(counterErrors(`Exception_${code}`, refused.json())).toEqual([])
  }
})

describe('scenario 18: reports of closed months', () => {
  test.skipIf(absent)(`are valid by the official schema, whatever attributes are asked for${why}`, async () => {
    await using metrics = await startMetrics()
    await withUsage(metrics)
    for (const [name, schema, more] of [
      ['tr_j3', 'TR_J3', ''],
      ['pr_p1', 'PR_P1', ''],
      ['pr', 'PR', ''],
      ['pr', 'PR', 'attributes_to_show=Access_Method&granularity=Total'],
      [
        'tr',
        'TR',
        'attributes_to_show=YOP|Access_Type|Access_Method&metric_type=Total_Item_Requests|Unique_Item_Requests&yop=2012|2015-2016',
      ],
      ['ir', 'IR', ''],
      ['ir', 'IR', 'attributes_to_show=Authors|Publication_Date|YOP&include_parent_details=True&access_type=Open'],
      ['tr', 'TR', 'access_type=Controlled'],
      ['tr', 'TR', 'colour=red&yop=x'],
    ] as const) {
      const reply = await report(metrics, name, `begin_date=2026-01&end_date=2026-02&${encodeURI(more)}`)
      expect([name, more, reply.statusCode]).toEqual([name, more, 200])
      expect([name, more, counterErrors(schema, reply.json())]).toEqual([name, more, []])
    }
  })

  test('add up: the title report is the platform report and the sum of the item report', async () => {
    await using metrics = await startMetrics()
    await withUsage(metrics)
    const expected = {
      Total_Item_Investigations: 5,
      Total_Item_Requests: 4,
      Unique_Item_Investigations: 4,
      Unique_Item_Requests: 3,
    }
    for (const name of ['tr', 'pr', 'ir', 'tr_j3']) {
      expect([name, sums((await report(metrics, name)).json())]).toEqual([name, expected])
    }
    expect(sums((await report(metrics, 'pr_p1')).json())).toEqual({ Total_Item_Requests: 4, Unique_Item_Requests: 3 })
  })

  test('show items by year, leave out what is 0, and tell what they do not understand', async () => {
    await using metrics = await startMetrics()
    await withUsage(metrics)
    const tr = (await report(metrics, 'tr', 'begin_date=2026-01&end_date=2026-01&attributes_to_show=YOP')).json()
    expect(tr.Report_Items).toEqual([
      {
        Title: 'eLife',
        Publisher: 'P',
        Platform: 'eLife',
        Item_ID: { Proprietary: 'elife:elife', Online_ISSN: '1234-5679' },
        Attribute_Performance: [
          {
            Data_Type: 'Journal',
            YOP: '2012',
            Performance: {
              Total_Item_Investigations: { '2026-01': 2 },
              Total_Item_Requests: { '2026-01': 2 },
              Unique_Item_Investigations: { '2026-01': 1 },
              Unique_Item_Requests: { '2026-01': 1 },
            },
          },
          {
            Data_Type: 'Journal',
            YOP: '2015',
            Performance: { Total_Item_Investigations: { '2026-01': 1 }, Unique_Item_Investigations: { '2026-01': 1 } },
          },
        ],
      },
    ])
    const told = (await report(metrics, 'tr', 'begin_date=2026-01&end_date=2026-01&colour=red&data_type=Plant')).json()
    expect(told.Report_Header.Exceptions).toMatchObject([{ Code: 3050, Data: 'colour' }, { Code: 3060 }])
  })
})

test('scenario 19: the running month is not ready, alone it is a wrong date; months before the first are gone', async () => {
  await using metrics = await startMetrics()
  await withUsage(metrics)
  const codes = async (query: string) => {
    const reply = await report(metrics, 'tr_j3', query)
    const body = reply.json()
    return [reply.statusCode, body.Code ?? body.Report_Header.Exceptions?.map(({ Code }: { Code: number }) => Code)]
  }
  expect(await codes('begin_date=2026-02&end_date=2026-03')).toEqual([200, [3031]])
  expect(await codes('begin_date=2026-03&end_date=2026-03')).toEqual([400, 3020])
  expect(await codes('begin_date=2025-11&end_date=2025-12')).toEqual([200, [3032]])
  expect(await codes('begin_date=2025-11&end_date=2026-01-31')).toEqual([200, [3032]])
  expect(await codes('begin_date=2026-02&end_date=2026-01')).toEqual([400, 3020])
  expect(await codes('begin_date=February&end_date=2026-02')).toEqual([400, 3020])
  expect(await codes('begin_date=2026-02')).toEqual([400, 1030])
  // A day that is still open keeps its whole month back.
  await metrics.click([{ at: '2026-02-20T10:00:00Z' }])
  expect(await codes('begin_date=2026-01&end_date=2026-02')).toEqual([200, [3031]])
  const partly = (await report(metrics, 'tr_j3')).json()
  expect(JSON.stringify(partly.Report_Items)).not.toContain('2026-02')
})

test('scenario 20: the numbers of one journal are never in the other', async () => {
  await using metrics = await startMetrics()
  await withUsage(metrics)
  const tr = (await report(metrics, 'tr')).json()
  expect(tr.Report_Items.map(({ Title }: { Title: string }) => Title)).toEqual(['eLife', 'Second Journal'])
  const second = (await report(metrics, 'tr', 'begin_date=2026-01&end_date=2026-02&platform=Second%20Journal')).json()
  expect(sums(second)).toMatchObject({ Total_Item_Investigations: 1 })
  expect(second.Report_Items).toHaveLength(1)
})

test('a report that is not offered is not found', async () => {
  await using metrics = await startMetrics()
  expect((await report(metrics, 'tr_b1')).statusCode).toBe(404)
})

test('while they are rotated two tokens and two keys of libraries are accepted, and no third', async () => {
  await using metrics = await startMetrics()
  await using app = await createMetrics({
    ...metrics.context,
    token: ['the-next-token-of-all', token],
    counterKey: ['the-next-key-of-libraries', counterKey],
    logger: createLogger({ service: 'metrics', level: 'silent' }),
  })
  const operate = async (given: string) => {
    const headers = { authorization: `Bearer ${given}` }
    return (await app.inject({ url: '/usage/days/2026-03-10/key', headers })).statusCode
  }
  expect([await operate(token), await operate('the-next-token-of-all')]).not.toContain(403)
  expect(await operate('the-token-before-those')).toBe(403)
  const library = async (key: string) =>
    (await app.inject(`/r51/reports?customer_id=0000000000000000&api_key=${key}`)).statusCode
  expect(await Promise.all([counterKey, 'the-next-key-of-libraries'].map(library))).toEqual([200, 200])
  expect(await library('the-key-before-those')).toBe(401)
})
