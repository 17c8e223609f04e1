import { expect, test } from 'vitest'
import { causeOf, searchWords } from './list-keys.ts'
import { kindOf } from './kind.ts'

const cause = (message: string) => causeOf({ step: 'Check Package', at: '', attempt: 1, message })

test('equal causes are equal, whatever figures, files and numbers they name', () => {
  expect(cause('Figure 2 has no file. "fig2.tif" is not in the package.')).toBe(
    'Check Package: Figure … has no file. “…” is not in the package.',
  )
  expect(cause('22 figures are not readable images')).toBe(cause('3 figures are not readable images'))
  expect(cause('lax is unavailable (503)\nat 12:03')).toBe(cause('lax is unavailable (500)'))
  expect(cause('')).toBe('Check Package: no reason given')
  expect(cause('x '.repeat(500))).toHaveLength(200)
})

test('words are found without case, accents and punctuation', () => {
  expect(searchWords('Ève MÁRQUEZ-Ñandú, 10.7554/eLife.00353')).toEqual([
    'eve',
    'marquez',
    'nandu',
    '10',
    '7554',
    'elife',
    '00353',
  ])
  expect(searchWords('%_\'"')).toEqual([])
})

test('the kind is in the words of the journal, or made of the type', () => {
  expect(kindOf('Feature Article', 'article-commentary')).toBe('Feature Article')
  expect(kindOf(undefined, 'research-article')).toBe('Research Article')
  expect(kindOf(undefined, undefined)).toBeUndefined()
})
