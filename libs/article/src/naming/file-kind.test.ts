import { expect, test } from 'vitest'
import { classifyFile, isConvertible } from './file-kind.ts'
import { continuum, dotted, elife, plain } from '../testing/journals.ts'

test.each([
  ['elife-00353.xml', 'articleXml'],
  ['elife-00353-v1.xml', 'articleXml'],
  ['elife-353.xml', 'articleXml'],
  ['elife-00353-supp1.xml', 'asset'],
  ['elife-00353-fig1-data1-v2.xml', 'asset'],
  ['elife-00353.pdf', 'articlePdf'],
  ['elife-00353-v2.pdf', 'articlePdf'],
  ['elife-00353-figures.pdf', 'figuresPdf'],
  ['elife-00353-figures-v1.pdf', 'figuresPdf'],
  ['elife-00353-fig1.tif', 'figure'],
  ['elife-00353-fig1-v1.tiff', 'figure'],
  ['elife-00353-fig1-figsupp2.tif', 'figure'],
  ['elife-00353-app1-fig2.tif', 'figure'],
  ['elife-00353-resp-fig1.tif', 'figure'],
  ['elife-00353-sa2-fig1.tif', 'figure'],
  ['elife-00353-box1.tif', 'figure'],
  ['elife-00353-box1-fig1.tif', 'figure'],
  ['elife-00353-scheme1.tif', 'figure'],
  ['elife-00353-chem1.tif', 'figure'],
  ['elife-00353-table1.tif', 'figure'],
  ['elife-00353-equ1.tif', 'figure'],
  ['elife-00353-inf1.tif', 'inline'],
  ['elife-00353-app1-inf1.tif', 'inline'],
  ['elife-00353-fig1-data1.csv', 'asset'],
  ['elife-00353-fig1-code1.tif', 'asset'],
  ['elife-00353-supp1.tif', 'asset'],
  ['elife-00353-supp.zip', 'asset'],
  ['elife-00353-media1.mov', 'video'],
  ['elife-00353-media1.zip', 'asset'],
  ['elife-00353-fig1-video1.mp4', 'video'],
  ['elife-32311-fig1-v1.mp4', 'foreign'],
  ['elife-00353-fig1-v1.mp4', 'video'],
  ['elife-00353-media1.jpg', 'asset'],
  ['elife-00354.xml', 'foreign'],
  ['continuum-00353.xml', 'foreign'],
  ['readme.txt', 'foreign'],
])('%s is %s', (name, kind) => {
  expect(classifyFile(name, elife, '00353')).toBe(kind)
})

test.each([
  ['journal.done.0012345.xml', 'articleXml'],
  ['journal.done.0012345.pdf', 'articlePdf'],
  ['journal.done.0012345.g001.tif', 'figure'],
  ['journal.done.0012345.s001.docx', 'asset'],
  ['journal.done.0012346.xml', 'foreign'],
])('of a journal with other names, %s is %s', (name, kind) => {
  expect(classifyFile(name, dotted, 'dotted-done-0012345')).toBe(kind)
})

test('a number may have hyphens and dots of its own', () => {
  expect(classifyFile('plain-a-b-fig1.tif', plain, 'plain-a-b')).toBe('figure')
  expect(classifyFile('plain-a-b.xml', plain, 'plain-a-b')).toBe('articleXml')
})

test('the journal decides what a name begins with', () => {
  expect(classifyFile('continuum-00007.xml', continuum, '00007')).toBe('articleXml')
})

test('images of figures and in the text are converted, in the formats that are read', () => {
  expect(isConvertible('elife-00353-fig1.tif', 'figure')).toBe(true)
  expect(isConvertible('elife-00353-inf1.TIFF', 'inline')).toBe(true)
  expect(isConvertible('elife-00353-fig1.png', 'figure')).toBe(true)
  expect(isConvertible('elife-00353-fig1.jpg', 'figure')).toBe(true)
  expect(isConvertible('elife-00353-fig1.svg', 'figure')).toBe(true)
  expect(isConvertible('elife-00353-fig1.eps', 'figure')).toBe(true)
  expect(isConvertible('elife-00353-fig1.bmp', 'figure')).toBe(false)
  expect(isConvertible('elife-00353-supp1.tif', 'asset')).toBe(false)
})
