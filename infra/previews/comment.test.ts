import { expect, test } from 'vitest'
import { commentOf, markerOf, readable, secretsOf } from './comment.ts'
import { gitHub } from './github.fixture.ts'
import { putComment } from './github.ts'

const said = `Previewing update (continuum-test):
 ~  aws:sqs:Queue storage-starter update [diff: ~visibilityTimeoutSeconds]

Resources:
    + 1 to create
    ~ 3 to update
    +-2 to replace
    6 changes. 361 unchanged
`
const preview = { stack: 'continuum-test', commit: 'abc', said, code: 0, link: 'https://example.org/runs/1' }
const comment = (more: Partial<typeof preview> = {}, secrets: string[] = []) =>
  commentOf({ ...preview, ...more, said: readable(more.said ?? said, secrets) })

test('a comment begins with its mark and says what would change, where the run is, and the preview', () => {
  const text = comment()
  expect(text.startsWith(markerOf('continuum-test'))).toBe(true)
  expect(text).toContain('### continuum-test: 1 to create, 3 to update, 2 to replace')
  expect(text).toContain('[run](https://example.org/runs/1)')
  expect(text).toContain(' ~  aws:sqs:Queue storage-starter update')
})

test('a preview without changes and one that failed say so', () => {
  expect(comment({ said: 'Resources:\n    367 unchanged\n' })).toContain('### continuum-test: no changes')
  expect(comment({ code: 255, said: 'error: no image' })).toContain('### continuum-test: the preview failed')
})

test('a long preview is cut in the middle, keeps its end, says how much is missing and links to the rest', () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `line ${index} of a long preview`).join('\n')
  const text = comment({ said: lines })
  expect(text.length).toBeLessThan(65_536)
  expect(text).toContain('line 0 of')
  expect(text).toContain('line 4999 of')
  expect(text).toContain(
    `... ${lines.length - 60_000} characters are left out; the run has them: https://example.org/runs/1 ...`,
  )
})

test('secrets are masked: those of the variables, keys of AWS, passwords in addresses', () => {
  const secrets = secretsOf({
    PULUMI_CONFIG_PASSPHRASE: 'correct horse',
    AWS_SESSION_TOKEN: 'abcdefgh',
    HOME: '/home/runner',
  })
  const text = comment(
    { said: 'correct horse, abcdefgh, ASIA0123456789ABCDEF, postgres://user:hunter2@host/x in /home/runner' },
    secrets,
  )
  for (const secret of ['correct horse', 'abcdefgh', 'ASIA0123456789ABCDEF', 'hunter2'])
    expect(text).not.toContain(secret)
  expect(text).toContain('***, ***, ***, postgres://user:***@host/x in /home/runner')
})

test('the text cannot end the block in which it stands, and has no colours', () => {
  const text = comment({ said: 'a\n```\n### b\n````\n\u001B[31mred\u001B[0m' })
  expect(text).toContain('\n`````diff\na\n```\n### b\n````\nred\n`````\n')
})

test('the first preview is a new comment, the next takes its place, each stack has its own', async () => {
  const { comments, asked, pullRequest } = await gitHub(['looks good to me'])
  const put = (stack: string, text: string) => putComment(pullRequest, markerOf(stack), `${markerOf(stack)}\n${text}`)
  await put('continuum-test', 'one')
  await put('prod', 'other')
  await put('continuum-test', 'two')
  expect(comments.map(({ body }) => body.split('\n').at(-1))).toEqual(['looks good to me', 'two', 'other'])
  expect(asked.at(-1)).toBe('PATCH /repos/press/continuum/issues/comments/2')
})

test('the comment is found behind a hundred others', async () => {
  const { comments, pullRequest } = await gitHub([...Array.from({ length: 130 }, () => 'a word'), markerOf('prod')])
  await putComment(pullRequest, markerOf('prod'), `${markerOf('prod')} new`)
  expect(comments).toHaveLength(131)
  expect(comments.at(-1)?.body).toContain('new')
})

test('a comment that GitHub refuses is told', async () => {
  const { pullRequest } = await gitHub([])
  const refused = putComment({ ...pullRequest, token: 'wrong' }, markerOf('prod'), 'text')
  await expect(refused).rejects.toThrow('GitHub answers 403 to GET')
})
