import { expect, test } from 'vitest'
import { translatePython } from './python-expression.ts'

function matches(expression: string, text: string): boolean {
  const { source, flags } = translatePython(expression)
  return new RegExp(`^(?:${source})`, flags).test(text)
}

// What Python 3.11's re.match says of the same pairs.
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
  // Lines end at a line feed alone, and `$` is before the last one too.
  ['.', '\r', true],
  ['.', '\u2028', true],
  ['elife$', 'elife\n', true],
  ['elife$', 'elife\n\n', false],
  ['elife\\Z', 'elife\n', false],
  ['(?m)a$', 'a\r', false],
  ['(?m)a$\\n^b', 'a\nb', true],
  ['a\\n^b', 'a\nb', false],
  ['(?m:a$)\\nb', 'a\nb', true],
  ['(?m:a)$', 'a\nb', false],
  ['(?s:.)', '\n', true],
  ['(?s:.).', 'a\n', false],
  ['(?s)(?-s:.)', '\n', false],
  ['(?i)(?-i:E)L', 'el', false],
  ['(?i)(?s)e.', 'E\n', true],
  ['(?ii)e', 'E', true],
  ['(?u:\\w)', 'é', true],
  // White space, and what is none.
  ['\\s', '\ufeff', false],
  ['\\s', '\x1c', true],
  ['[\\s]', '\x85', true],
  ['\\S', '\x1f', false],
  ['[\\S]', '\ufeff', true],
  ['[\\W_]+\\Z', '-_\u203f\u0301 ', true],
  ['[\\W]', '_', false],
  ['[^\\W_]', 'é', true],
  // Characters by their number, groups by theirs.
  ['\\141\\0', 'a\0', true],
  ['\\08', '\x008', true],
  ['[\\1]', '1', false],
  ['[\\1]', '\x01', true],
  ['(a)\\1{2}\\Z', 'aaa', true],
  ['(?P<é>a)(?P=é)', 'aa', true],
  ['a{,}b', 'aab', true],
  ['a{}', 'a{}', true],
])('%s on %j: %s, as in Python', (expression, text, is) => {
  expect(matches(expression, text)).toBe(is)
})

test.each([
  ['(?x) a b', /flag 'x'/],
  ['(?a)\\w', /flag 'a'/],
  ['(a)?(?(1)b|c)', /condition/],
  ['a(?i)b', /at the start/],
  ['\\q', /no escape/],
  ['a\\', /ends in a lone/],
  ['(?a:\\w)', /flag 'a'/],
  ['(?i)(?x) a', /flag 'x'/],
  ['a*+b', /possessive '\*\+'/],
  ['a{2}+b', /possessive '\{2\}\+'/],
  ['(?>a)b', /atomic group/],
  ['(?<n>a)', /'\(\?<n' begins no group/],
  ['\\N{BULLET}', /write the character/],
  ['[\\8]', /no escape/],
])('%s is refused in words: %s', (expression, words) => {
  expect(() => translatePython(expression)).toThrow(words)
})
