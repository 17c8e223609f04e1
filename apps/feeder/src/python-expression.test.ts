import { expect, test } from 'vitest'
import { translatePython } from './python-expression.ts'

function matches(expression: string, text: string): boolean {
  const { source, flags } = translatePython(expression)
  return new RegExp(`^(?:${source})`, flags).test(text)
}

// What Python 3.13's re.match says of the same pairs.
test.each([
  ['(?i)ELIFE-\\d+', 'elife-00353-vor-r1.zip', true],
  ['ELIFE', 'elife-00353', false],
  ['(?P<j>elife)-(?P<n>\\d{5})-vor', 'elife-00353-vor-r1.zip', true],
  ['(?P<a>ab)(?P=a)', 'abab', true],
  ['(?P<a>ab)(?P=a)', 'abba', false],
  ['elife\\Z', 'elife', true],
  ['elife\\Z', 'elife-1', false],
  ['\\Aelife', 'elife', true],
  ['\\w+\\Z', 'Größe_é٣', true],
  ['\\W', 'é', false],
  ['[\\w-]+\\Z', 'é-é', true],
  ['\\d+\\Z', '٣٤', true],
  ['x{,2}\\Z', 'xx', true],
  ['x{,2}\\Z', 'xxx', false],
  ['a{b', 'a{b', true],
  ['a]b', 'a]b', true],
  ['[]a]+\\Z', ']a]', true],
  ['[^]a]', ']', false],
  ['[[a]+\\Z', '[a', true],
  ['el(?#the journal)ife', 'elife', true],
  ['elife\\-0\\.zip', 'elife-0.zip', true],
  ['elife\\_\\ x', 'elife_ x', true],
  ['\\x65\\u006cife', 'elife', true],
  ['.*\\bvor\\b', 'elife-1-vor-r1.zip', true],
  ['é\\b', 'é', true],
  ['(?s).*vor', 'a\nvor', true],
  ['.*vor', 'a\nvor', false],
  ['(?i:EL)ife', 'elife', true],
  ['(?i:EL)ife', 'elIFE', false],
  ['(?<=x)a|b', 'b', true],
  ['(a)\\1', 'aa', true],
  ['[\\b]', '\b', true],
])('%s on %j: %s, as in Python', (expression, text, is) => {
  expect(matches(expression, text)).toBe(is)
})

test.each([
  ['(?x) a b', /flag 'x'/],
  ['(?a)\\w', /flag 'a'/],
  ['(a)?(?(1)b|c)', /condition/],
  ['a(?i)b', /at the start/],
  ['[\\W_]', /in a set/],
  ['\\q', /no escape/],
  ['a\\', /ends in a lone/],
])('%s is refused in words: %s', (expression, words) => {
  expect(() => translatePython(expression)).toThrow(words)
})
