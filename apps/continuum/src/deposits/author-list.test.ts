import { loadEnvironment } from '@continuum/environments'
import { journalsOf } from '@continuum/article'
import { expect, test } from 'vitest'
import { readAuthorList } from './author-list.ts'

const journals = journalsOf((await loadEnvironment('local')).journals)

test('authors are read by the headings of an editorial system, after the lines about its query; numbers are padded', () => {
  const csv = [
    '\uFEFF"Query: accepted papers"',
    'Run on: 2026-11-30',
    '"ms_no","author_seq","first_nm","last_nm","e_mail"',
    '"353","1","Ada, Countess","of ""Lovelace""","ada@example.org"',
    '"353","2","Grace","Hopper",""',
    '"ijm-00202","1","Hedy","Lamarr"," hedy@example.org "',
  ].join('\r\n')
  expect(readAuthorList(csv, journals)).toEqual([
    { articleId: '00353', address: 'ada@example.org', givenNames: 'Ada, Countess', surname: 'of "Lovelace"' },
    { articleId: 'ijm-00202', address: 'hedy@example.org', givenNames: 'Hedy', surname: 'Lamarr' },
  ])
})

test('a file that is no such list is told what it lacks', () => {
  expect(() => readAuthorList('a,b\n1,2\n', journals)).toThrow('The list has no line of headings: it needs "article"')
  expect(() => readAuthorList('"a', journals)).toThrow('The list is no CSV')
})

test('an article that no journal has is named', () => {
  expect(() => readAuthorList('article,email,given name,surname\n35/3,a@example.org,A,B\n', journals)).toThrow(
    'The list names the article "35/3"',
  )
})
