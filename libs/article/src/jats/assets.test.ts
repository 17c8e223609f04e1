import { describe, expect, test } from 'vitest'
import { fileNamedBy } from './assets.ts'

describe('the file that a graphic means', () => {
  test.each([
    ['fig1', ['fig1.tif'], 'fig1.tif'],
    ['fig1.tif', ['fig1.TIF'], 'fig1.TIF'],
    ['fig1.tif', ['fig1.jpg', 'fig1.tif'], 'fig1.tif'],
    ['fig1', ['fig1.jpg', 'fig1.tif'], 'fig1.tif'],
    ['fig1', ['fig1.jpg', 'fig1.png'], 'fig1.png'],
    ['FIG1.jpg', ['fig1.jpg'], 'fig1.jpg'],
    ['FIG1.jpg', ['fig1.jpg', 'FIG1.png'], 'FIG1.png'],
    ['figures/fig1.tif', ['fig1.tif'], 'fig1.tif'],
    ['..\\figures\\fig1.tif', ['fig1.tif'], 'fig1.tif'],
    ['https://example.org/img/fig1.jpg?size=2', ['fig1.tif'], 'fig1.tif'],
    ['fig%201.tif', ['fig 1.tif'], 'fig 1.tif'],
    ['fig%201.tif', ['fig 1.tif', 'fig%201.tif'], 'fig%201.tif'],
    ['100%.tif', ['100%.tif'], '100%.tif'],
    ['fig1.1.tif', ['fig1.1.tif', 'fig1.2.tif'], 'fig1.1.tif'],
    ['info:doi/10.1371/journal.pone.0012345.g001', ['journal.pone.0012345.g001.tif'], 'journal.pone.0012345.g001.tif'],
    ['info:doi/10.1371/journal.pone.0012345.g001', ['journal.pone.0012345.g002.tif'], undefined],
    ['\u00c1bra1.tif', ['A\u0301bra1.tif'], 'A\u0301bra1.tif'],
    ['A\u0301bra1', ['\u00c1bra1.png'], '\u00c1bra1.png'],
    ['fig1', ['fig1.mp4', 'fig1.docx'], undefined],
    ['fig1', ['fig1.mp4', 'fig1.pdf'], 'fig1.pdf'],
    ['fig1', ['fig1.eps', 'fig1.jpg', 'fig1.pdf'], 'fig1.jpg'],
    ['fig1.pdf', ['fig1.png'], 'fig1.png'],
    ['fig1.pdf', ['fig1.tif', 'fig1.pdf'], 'fig1.pdf'],
    ['#fig1', ['fig1.tif'], undefined],
  ])('%s of %j is %s', (href, files, expected) => {
    expect(fileNamedBy(href, 'graphic', files)).toBe(expected)
  })
})

test('an address of anything but an image is no file', () => {
  expect(fileNamedBy('https://example.org/data.csv', 'media', ['data.csv'])).toBeUndefined()
  expect(fileNamedBy('data/data.csv', 'media', ['data.csv'])).toBe('data.csv')
})
