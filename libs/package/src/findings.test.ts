import type { Finding } from '@continuum/article'
import { expect, test } from 'vitest'
import { findingsOf, problemsOf } from './findings.ts'

const article = { journal: 'elife', articleId: '00353' }
const names = (count: number) => Array.from({ length: count }, (_, at) => `elife-00353-fig${at + 1}-v1.tif`)
const alike = (code: Finding['code'], count: number): Finding[] =>
  names(count).map((file) => ({ code, message: `${file} is a case of ${code}.`, file }))

test.each([
  ['missing-image', '34 figures have no file: fig1, fig2, '],
  ['empty-image', '34 figures are empty (0 bytes): fig1, fig2, '],
  ['same-name', '34 files have a name that another file of the package has, '],
] as const)('34 problems of the kind %s are one with a count', (code, beginning) => {
  const problems = problemsOf({ problems: alike(code, 34), findings: [] }, { article, files: [], inFolders: [] })
  expect(problems).toEqual([expect.stringMatching(/ and 22 more\.$/)])
  expect(problems[0]).toContain(beginning)
})

test.each(['missing-image', 'missing-file', 'unnamed-file', 'foreign-file', 'same-figure', 'empty-file'] as const)(
  '34 findings of the kind %s are one with a count, and two are told one by one',
  (code) => {
    const told = (count: number) =>
      findingsOf({ problems: [], findings: alike(code, count) }, { files: [], inFolders: [] })
    expect(told(34)).toEqual([expect.stringMatching(/^34 files .* and 22 more\.$/)])
    expect(told(2)).toHaveLength(2)
  },
)

test('images that fail for one reason are one problem with a count, and an empty one is told once', () => {
  const files = names(34).map((name) => ({ name, notAnImage: 'unsupported image format' }))
  const empty = { name: 'elife-00353-inf1-v1.tif', notAnImage: 'it is empty (0 bytes)' }
  const problem: Finding = { code: 'empty-image', message: 'It is empty.', file: empty.name }
  const report = { problems: [problem], findings: [] }
  expect(problemsOf(report, { article, files: [...files, empty], inFolders: [] })).toEqual([
    '1 figure is empty (0 bytes): inf1.',
    expect.stringMatching(/^34 figures are not readable images: fig1, .* and 22 more \(unsupported image format\)\.$/),
  ])
})

test('drawings that are not shown whole are named once, with what was taken out', () => {
  const files = [
    { name: 'fig1-v1.svg', removed: ['script', 'onclick'] },
    { name: 'fig2-v1.svg', removed: ['script'] },
    { name: 'fig3-v1.svg' },
  ]
  expect(findingsOf({ problems: [], findings: [] }, { files, inFolders: [] })).toEqual([
    '2 drawings are shown without what could run or load something: fig1-v1.svg, fig2-v1.svg (script, onclick).',
  ])
})
