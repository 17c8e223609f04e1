import { expect, test } from 'vitest'
import { readDiagnostic } from './diagnostic.ts'
import { resultOf } from './result.ts'

const answer = (status: string, ...records: readonly (readonly [status: string, doi: string, message: string])[]) =>
  `<doi_batch_diagnostic status="${status}"><submission_id>1</submission_id>${records
    .map(
      ([word, doi, msg]) =>
        `<record_diagnostic status="${word}"><doi>${doi}</doi><msg>${msg}</msg></record_diagnostic>`,
    )
    .join('')}</doi_batch_diagnostic>`
const resultFor = (xml: string) => {
  const diagnostic = readDiagnostic(xml)
  return diagnostic && resultOf(diagnostic)
}
const older = (submitted: string, registered: string) =>
  `Record not processed because submitted version: ${submitted} is less or equal to previously submitted version ${registered}`

test('a page that is no diagnostic has no result', () => {
  expect(resultFor('<html><body>Login</body></html>')).toBeUndefined()
  expect(resultFor('not XML')).toBeUndefined()
  expect(resultFor(answer('a new word'))).toBeUndefined()
})

test('a deposit of which one of several DOIs failed is refused, with the words on each', () => {
  const xml = answer('completed', ['Success', '10.5555/1', 'Successfully added'], ['Failure', '10.5555/2', 'no title'])
  expect(resultFor(xml)).toEqual({
    kind: 'refused',
    answer: 'Success 10.5555/1 Successfully added\nFailure 10.5555/2 no title',
  })
})

test('the same timestamp is our own deposit of before', () => {
  const xml = answer('completed', ['Failure', '10.5555/1', older('20260101000000000', '20260101000000000')])
  expect(resultFor(xml)).toMatchObject({ kind: 'confirmed' })
})

test('timestamps are numbers: more digits are greater', () => {
  const xml = answer('completed', ['Failure', '10.5555/1', older('20260101000000', '20250101000000000')])
  expect(resultFor(xml)).toMatchObject({ kind: 'overtaken', registered: '20250101000000000' })
})

test('overtaken and failed for another reason is refused', () => {
  const xml = answer('completed', ['Failure', '10.5555/1', older('1', '2')], ['Failure', '10.5555/2', 'no title'])
  expect(resultFor(xml)).toMatchObject({ kind: 'refused' })
})

test('an answer without a record, or with an unknown word, is no success', () => {
  expect(resultFor(answer('completed'))).toMatchObject({ kind: 'refused' })
  expect(resultFor(answer('completed', ['Perhaps', '10.5555/1', '']))).toMatchObject({ kind: 'refused' })
})
