import { startStandIns, type StandIns } from '@continuum/stand-ins'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { event, property, readyRun } from '../../derive/history/messages.fixture.ts'
import { startDashboard } from '../../web/dashboard.fixture.ts'

const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const path = '/article/00353/1/a'
const article: [string, string] = ['article', '00353/1/a']

test('a note, an assignee and what went to the typesetter are on the article and in the log', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), property(5, 'findings', 'No alternative text\nNo PDF\n')])
  const ada = await dashboard.signIn('ada', 'editor')
  await ada.submit('/article/note', [article, ['note', 'The authors <b>want</b>\nanother title.']])
  for (let time = 0; time < 2; time++) await ada.submit('/article/assign', [article, ['assignee', 'ada']])
  await ada.submit('/article/typesetter', [article, ['text', 'There is no PDF.']])
  const text = textOf((await ada.get(path)).body)
  expect(text).toContain('Assigned to ada')
  expect(text).toContain('The authors &lt;b&gt;want&lt;/b&gt; another title.'.replaceAll('/', '&#x2F;'))
  expect(text).toMatch(/Sent to the typesetter by ada/)
  const log = await dashboard.sql`select action from activity where article = '00353' order by id`
  expect(log.map(({ action }) => String(action))).toEqual(['note', 'assign', 'send to typesetter'])

  await ada.submit('/article/assign', [article, ['assignee', '']])
  expect(textOf((await ada.get(path)).body)).toContain('Assigned to nobody')
})

test('the text for the typesetter says what failed and what was found, in plain words', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    event(0, 'Expand Article', 'start'),
    property(1, 'findings', 'No alternative text\nNo PDF\n'),
    event(2, 'Check Package', 'error', { message: 'Figure 2 is missing.' }),
  ])
  const ada = await dashboard.signIn('ada', 'editor')
  const { body } = await ada.get(path)
  const text = /<textarea id="typesetter-text"[^>]*>([^<]*)</.exec(body)?.[1]
  expect(text).toBe(
    [
      'Article 00353, version 1',
      'Check Package failed:\nFigure 2 is missing.',
      'Findings:\n- No alternative text\n- No PDF',
      'Please correct this and deliver the package again.',
    ].join('\n\n'),
  )
  expect(body).toMatch(/href="mailto:\?subject/)
})

test('somebody who cannot sign in is assigned nothing, and a reader changes nothing', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const ada = await dashboard.signIn('ada', 'editor')
  await ada.submit('/article/assign', [article, ['assignee', 'nobody-here']])
  expect(textOf((await ada.get(path)).body)).toContain('Assigned to nobody')
  const reader = await dashboard.signIn('reader', 'reader')
  expect((await reader.submit('/article/note', [article, ['note', 'x']])).statusCode).toBe(403)
  expect((await reader.get(path)).body).not.toMatch(/<textarea|<select id="assignee"/)
})

describe('where mail is configured', () => {
  let standIns: StandIns
  beforeAll(async () => {
    standIns = await startStandIns()
  })
  beforeEach(() => standIns.faults.clear())
  afterAll(() => standIns.close())
  const startWithMail = async () => {
    const smtp = { host: '127.0.0.1', port: standIns.ports.smtp }
    const dashboard = await startDashboard({
      MAIL: { from: 'continuum@example.org', typesetter: 'typesetter@example.org', smtp },
    })
    await dashboard.receive([...readyRun(), property(5, 'findings', 'No PDF\n')])
    return dashboard
  }
  const byMail = (to: string): [string, string][] => [
    article,
    ['text', 'Article 00353\r\n\r\nThere is no PDF.'],
    ['by', 'mail'],
    ['to', to],
  ]

  test('the text goes to the typesetter by mail, and the log has it and its address', async () => {
    await using dashboard = await startWithMail()
    const ada = await dashboard.signIn('ada', 'editor')
    expect((await ada.get(path)).body).toContain('value="typesetter@example.org"')
    expect((await ada.submit('/article/typesetter', byMail('typesetter@example.org'))).statusCode).toBe(303)
    const [mail] = standIns.mailbox.mails()
    expect(mail).toMatchObject({ to: ['typesetter@example.org'], subject: 'Article 00353' })
    expect(mail?.text).toContain('There is no PDF.')
    const log = await dashboard.sql`select detail from activity where action = 'send to typesetter'`
    expect(log).toMatchObject([
      { detail: expect.stringMatching(/^By mail to typesetter@example\.org:\nArticle 00353/) },
    ])
  })

  test.for([
    ['the mail server refuses', 'typesetter@example.org', 'The mail server did not take the mail'],
    ['there is no address', '', 'The address of the typesetter is missing.'],
  ] as const)('where %s, nothing is recorded, and the text is kept', async ([, to, problem]) => {
    await using dashboard = await startWithMail()
    standIns.faults.add({ service: 'mail', fault: 'refuse' })
    const ada = await dashboard.signIn('ada', 'editor')
    const { statusCode, body } = await ada.submit('/article/typesetter', byMail(to))
    expect(statusCode).toBe(400)
    expect(body).toContain(problem)
    expect(body).toContain('There is no PDF.')
    expect(await dashboard.sql`select from activity where action = 'send to typesetter'`).toHaveLength(0)
  })
})
