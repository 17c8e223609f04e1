import { expect, test } from 'vitest'
import { depositProblems } from './validate.ts'

const deposit = (surname: string) => `<?xml version="1.0" encoding="UTF-8"?>
<doi_batch xmlns="http://www.crossref.org/schema/5.4.0" version="5.4.0">
  <head>
    <doi_batch_id>batch-1</doi_batch_id>
    <timestamp>20260101000000000</timestamp>
    <depositor><depositor_name>A journal</depositor_name><email_address>deposits@example.org</email_address></depositor>
    <registrant>A publisher</registrant>
  </head>
  <body>
    <journal>
      <journal_metadata><full_title>A journal</full_title></journal_metadata>
      <journal_article>
        <titles><title>A title with <i>Mus</i></title></titles>
        <contributors>
          <person_name sequence="first" contributor_role="author"><surname>${surname}</surname></person_name>
        </contributors>
        <publication_date media_type="online"><year>2026</year></publication_date>
        <doi_data><doi>10.5555/1</doi><resource>https://example.org/1</resource></doi_data>
      </journal_article>
    </journal>
  </body>
</doi_batch>`

test('a deposit that the schema allows has no problem', () => {
  expect(depositProblems(deposit('Müller'))).toEqual([])
})

test('a surname that the schema refuses is named with its line', () => {
  const [problem] = depositProblems(deposit('x'.repeat(61)))
  expect(problem).toMatchObject({ line: 15, message: expect.stringContaining('60') })
  expect(problem?.message).not.toContain('{http')
})

test('what is not XML is a problem, no error', () => {
  expect(depositProblems('<doi_batch>')).toHaveLength(1)
  expect(depositProblems('')).toHaveLength(1)
})

test('nothing of the machine comes into a deposit by an entity', () => {
  const stealing = `<!DOCTYPE doi_batch [<!ENTITY e SYSTEM "file:///etc/passwd">]><doi_batch>&e;</doi_batch>`
  expect(depositProblems(stealing).length).toBeGreaterThan(0)
  expect(JSON.stringify(depositProblems(stealing))).not.toContain('root:')
})
