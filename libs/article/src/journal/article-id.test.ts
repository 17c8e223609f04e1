import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dotted, elife, plain } from '../testing/journals.ts'
import { articleIdOf, articleIdOfDoi, articleOfDoi, isArticleId, parseArticleId } from './article-id.ts'

const second = { ...plain, bareIds: false }
const third = { ...dotted, bareIds: false }
const journals = [elife, second, third]

describe("an article's id", () => {
  test('is the padded number for the default journal, and begins with the prefix for others', () => {
    expect(articleIdOf(elife, '353')).toBe('00353')
    expect(articleIdOf(second, '202')).toBe('plain-00202')
  })

  test('has a hyphen for what is no letter or digit, and is in lower case', () => {
    expect(articleIdOf(third, 'done.0012345')).toBe('dotted-done-0012345')
    expect(articleIdOf(third, 'DONE.0012345')).toBe('dotted-done-0012345')
  })

  test('is the same of a number, of a name and of itself', () => {
    expect(articleIdOf(second, 'plain-202')).toBe('plain-00202')
    expect(articleIdOf(second, 'plain-00202')).toBe('plain-00202')
  })

  test('of two journals with one number are two', () => {
    expect(parseArticleId('00202', journals)).toEqual({ journal: elife, number: '00202' })
    expect(parseArticleId('plain-00202', journals)).toEqual({ journal: second, number: '00202' })
  })

  test.each(['', '-', 'a--b', 'A', 'a.b', 'a/b', '../x', 'a'.repeat(101)])('is not %j', (text) => {
    expect(isArticleId(text)).toBe(false)
    expect(parseArticleId(text, journals)).toBeUndefined()
  })

  test('is always of lower-case letters, digits and hyphens, and read back as what it was made of', () => {
    const number = fc.stringMatching(/^[A-Za-z0-9]{1,8}(?:[._-][A-Za-z0-9]{1,8}){0,3}$/)
    fc.assert(
      fc.property(fc.constantFrom(second, third), number, (journal, text) => {
        const id = articleIdOf(journal, text)
        expect(isArticleId(id)).toBe(true)
        expect(parseArticleId(id, journals)?.journal).toBe(journal)
        expect(articleIdOf(journal, id)).toBe(id)
      }),
    )
  })
})

describe('a DOI', () => {
  test('names an article of its journal, whatever its case', () => {
    expect(articleIdOfDoi(elife, '10.7554/ELIFE.353')).toBe('00353')
    expect(articleIdOfDoi(third, '10.5555/journal.done.0012345')).toBe('dotted-done-0012345')
    expect(articleIdOfDoi(elife, '10.7554/eLife.abc')).toBeUndefined()
  })

  test('names an article of whichever journal is published here', () => {
    expect(articleOfDoi(journals, '10.5555/plain.202')).toBe('plain-00202')
    expect(articleOfDoi(journals, '10.1000/xyz')).toBeUndefined()
  })
})
