import { expect, test } from 'vitest'
import { logTail } from './log-tail.ts'

test('of a log line the message and the error', () => {
  const line =
    '{"level":"fatal","time":"2026-01-01T00:00:00Z","service":"lax","err":{"type":"Error","message":"relation missing","stack":"..."},"message":"could not start"}'
  expect(logTail([line])).toEqual(['fatal: could not start: relation missing'])
})

test('of a stack trace the error, without its frames', () => {
  const said = [
    'file:///x.ts:4',
    "import { a } from './b.ts'",
    '         ^',
    "SyntaxError: './b.ts' does not provide 'a'",
    '    at compile (node:internal/x:1:2)',
    '',
    'Node.js v26.10.0',
  ]
  expect(logTail(said).at(-1)).toBe("SyntaxError: './b.ts' does not provide 'a'")
})

test('the last five at most; what is no log line stays as it is', () => {
  expect(logTail(['1', '2', '3', '4', '5', '6', '{broken'])).toEqual(['3', '4', '5', '6', '{broken'].slice(-5))
})
