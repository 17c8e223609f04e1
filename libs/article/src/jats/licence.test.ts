import { expect, test } from 'vitest'
import { articleLicence, isTaken } from './licence.ts'
import { parseArticleXml } from './reading/parse.ts'

const codeOf = (permissions: string) =>
  articleLicence(
    parseArticleXml(
      `<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ali="http://www.niso.org/schemas/ali/1.0/"><front><article-meta><permissions>${permissions}</permissions></article-meta></front></article>`,
    ),
  ).code

test.each([
  ['<license xlink:href="http://creativecommons.org/licenses/by/4.0/"/>', 'CC-BY-4.0'],
  ['<license xlink:href="https://creativecommons.org/licenses/by-nc-nd/3.0/igo/"/>', 'CC-BY-NC-ND-3.0'],
  ['<license xlink:href="http://creativecommons.org/publicdomain/zero/1.0/"/>', 'CC0-1.0'],
  ['<license><ali:license_ref>http://creativecommons.org/licenses/by/4.0/</ali:license_ref></license>', 'CC-BY-4.0'],
  ['<license license-type="CC-BY-NC-4.0"/>', 'CC-BY-NC-4.0'],
  [
    '<license license-type="open-access"><license-p>Under the <ext-link xlink:href="https://creativecommons.org/licenses/by-sa/4.0/">licence</ext-link>.</license-p></license>',
    'CC-BY-SA-4.0',
  ],
  ['<license><license-p>Creative Commons Attribution 4.0 International License</license-p></license>', 'CC-BY-4.0'],
  ['<license><license-p>under CC BY-NC-ND 4.0.</license-p></license>', 'CC-BY-NC-ND-4.0'],
  [
    '<license><license-p>the Creative Commons Attribution License, which permits 4.0 things</license-p></license>',
    'CC-BY',
  ],
  [
    '<license><p>a Creative Commons Attribution-NonCommercial-NoDerivatives License (CC BY-NC-ND 4.0)</p></license>',
    'CC-BY-NC-ND-4.0',
  ],
  ['<license><p>Creative Commons Attribution, Non-Commercial, Share Alike 3.0</p></license>', 'CC-BY-NC-SA-3.0'],
  ['<license><p>made available under the Creative Commons CC0 public domain dedication</p></license>', 'CC0-1.0'],
  ['<copyright-statement>X et al. Creative Commons Attribution License</copyright-statement>', 'CC-BY'],
  ['<license xlink:href="https://example.org/terms"><license-p>All rights reserved.</license-p></license>', undefined],
  ['<copyright-statement>© 2020 The Society</copyright-statement>', undefined],
])('the licence is known wherever it is written: %s', (permissions, code) => {
  expect(codeOf(permissions)).toBe(code)
})

test('a licence is taken by its name, in one version or in any', () => {
  const licence = {
    url: undefined,
    code: 'CC-BY-NC-4.0',
    isGiven: true,
    holder: undefined,
    year: undefined,
    statement: '',
  }
  expect(isTaken(licence, ['CC-BY-NC'])).toBe(true)
  expect(isTaken(licence, ['CC-BY-NC-4.0'])).toBe(true)
  expect(isTaken(licence, ['CC-BY', 'CC-BY-NC-3.0'])).toBe(false)
  expect(isTaken({ ...licence, code: undefined }, ['CC-BY'])).toBe(false)
})

const licenceOf = (permissions: string) =>
  articleLicence(
    parseArticleXml(
      `<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><permissions>${permissions}</permissions></article-meta></front></article>`,
    ),
  )

test.each([
  [
    'at an address',
    '<license xlink:href="https://www.press.example/terms/2.0"><license-p>Terms.</license-p></license>',
    'http://press.example/terms',
  ],
  [
    'with words in its text',
    '<license><license-p>In the <italic>spirit</italic> of\n openness.</license-p></license>',
    'words:the spirit of openness',
  ],
  ['that there is none', '<copyright-statement>© 1998 The Authors</copyright-statement>', 'none'],
])("a journal's own licence is named: %s", (_, permissions, named) => {
  const kinds = ['http://press.example/terms', 'words:the spirit of openness', 'none']
  expect(kinds.filter((kind) => isTaken(licenceOf(permissions), [kind]))).toEqual([named])
  expect(isTaken(licenceOf(permissions), ['CC-BY', 'CC0'])).toBe(false)
})
