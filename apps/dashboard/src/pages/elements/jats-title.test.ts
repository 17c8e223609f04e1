import fc from 'fast-check'
import { expect, test } from 'vitest'
import { titleHtml, titleText } from './jats-title.ts'

test('inline markup of JATS becomes markup of HTML', () => {
  const title = '<italic>C. elegans</italic> and CO<sub>2</sub> in 10<sup>6</sup> <bold>cells</bold>'
  expect(titleHtml(title).toString()).toBe('<i>C. elegans</i> and CO<sub>2</sub> in 10<sup>6</sup> <b>cells</b>')
  expect(titleText(title)).toBe('C. elegans and CO2 in 106 cells')
})

test('entities are the characters they stand for', () => {
  expect(titleText('A &amp; B &#x3b2; &#945; &lt;x&gt; &unknown;')).toBe('A & B β α <x> &unknown;')
  expect(titleHtml('A &amp; B &lt;x&gt;').toString()).toBe('A &amp; B &lt;x&gt;')
})

test('other markup is dropped and its text kept; a lone < is text', () => {
  expect(titleHtml('<xref ref-type="bibr">see</xref> p < 0.05<break/>').toString()).toBe('see p &lt; 0.05')
})

test('markup that overlaps or stays open is closed', () => {
  expect(titleHtml('<italic>a<bold>b</italic>c</bold>').toString()).toBe('<i>a<b>b</b></i>c')
  expect(titleHtml('<italic>a').toString()).toBe('<i>a</i>')
})

test('whatever comes in, only harmless and balanced markup goes out', () => {
  const piece = fc.constantFrom(
    '<italic>',
    '</italic>',
    '<script>',
    '</sub>',
    '<sub x="">',
    '<',
    '>',
    '"',
    '&lt;',
    '&#60;',
    'a',
    '<!--',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const html = titleHtml(pieces.join('')).toString()
      const tags = [...html.matchAll(/<(\/?)([^>]*)>/g)].map(([, slash, name]) => `${slash}${name}`)
      expect(tags.every((tag) => /^\/?(i|sub)$/.test(tag))).toBe(true)
      expect(tags.filter((tag) => tag.startsWith('/'))).toHaveLength(tags.length / 2)
    }),
  )
})
