import { expect, test } from 'vitest'
import { readAuthorList } from './author-list.ts'

test('authors are read by the headings of an editorial system, after the lines about its query; numbers are padded', () => {
  const csv = [
    '\uFEFF"Query: accepted papers"',
    'Run on: 2026-11-30',
    '"ms_no","author_seq","first_nm","last_nm","e_mail"',
    '"353","1","Ada, Countess","of ""Lovelace""","ada@example.org"',
    '"353","2","Grace","Hopper",""',
    '"ijm-00202","1","Hedy","Lamarr"," hedy@example.org "',
  ].join('\r\n')
  expect(readAuthorList(csv, 5)).toEqual([
    { articleId: '00353', address: 'ada@example.org', givenNames: 'Ada, Countess', surname: 'of "Lovelace"' },
    { articleId: 'ijm-00202', address: 'hedy@example.org', givenNames: 'Hedy', surname: 'Lamarr' },
  ])
})

test('a file that is no such list is told what it lacks', () => {
  expect(() => readAuthorList('a,b\n1,2\n', 5)).toThrow('The list has no line of headings: it needs "article"')
  expect(() => readAuthorList('"a', 5)).toThrow('The list is no CSV')
})
