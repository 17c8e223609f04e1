import { journalsOf } from '@continuum/article'
import { expect, test } from 'vitest'
import { useOfPath } from './address.ts'

const five = { publisher: 'P', issn: '1234-5679' }
const journals = journalsOf([
  { ...five, name: 'eLife', prefix: 'elife', doiPrefix: '10.7554/eLife.', default: true },
  { ...five, name: 'IJM', prefix: 'ijm', doiPrefix: '10.34196/ijm.' },
])

test.each([
  ['/articles/00353', { article: '00353', use: 'page' }],
  ['/articles/353v2', { article: '00353', version: 2, use: 'page' }],
  ['/articles/ijm-00202v1', { article: 'ijm-00202', version: 1, use: 'page' }],
  ['/articles/00353v1.pdf', { article: '00353', version: 1, use: 'pdf' }],
  ['/articles/00353.bib', { article: '00353', use: 'citation' }],
  ['/content/1/e00353', { article: '00353', use: 'page' }],
  ['/content/1/e00353v3', { article: '00353', version: 3, use: 'page' }],
  ['/content/ijm-00202v1', { article: 'ijm-00202', version: 1, use: 'page' }],
  ['/00353/elife-00353-v1.pdf', { article: '00353', use: 'pdf' }],
  ['/00353/elife-00353-figures-v1.pdf', { article: '00353', use: 'figures' }],
  ['/00353/elife-00353-supp1-v1.pdf', { article: '00353', use: 'supplement' }],
  ['/00353/elife-00353-fig1-data1-v1.xlsx', { article: '00353', use: 'supplement' }],
  ['/00353/elife-00353-v1.xml', { article: '00353', use: 'xml' }],
])('%s is a use', (path, use) => {
  expect(useOfPath(path, journals)).toEqual(use)
})

test.each([
  '/',
  '/assets/style.css',
  '/articles',
  '/articles/00353v1/files/a.pdf',
  '/00353/elife-00353-fig1-v1.jpg',
  '/articles/%2e%2e',
  '/search',
])('%s is none', (path) => {
  expect(useOfPath(path, journals)).toBeUndefined()
})
