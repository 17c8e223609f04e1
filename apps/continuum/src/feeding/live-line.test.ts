import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { liveLine } from './live-line.ts'

const code = 'a code of the terminal'

/** Splits the text after a character of escape into its code and the rest. */
function toCodes(part: string, index: number): string[] {
  return index === 0 ? [part] : [code, part.replace(/^\[(1G|2K)/, '')]
}

/** A stream that keeps what is written to it; `lines` are those that are seen in the end. */
function startScreen({ columns }: { columns?: number } = {}) {
  let written = ''
  const stream = new Writable({
    write: (chunk, _, done) => {
      written += String(chunk)
      done()
    },
  })
  const screen = Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns })
  const lines = () => {
    const seen: string[] = ['']
    // The codes that go to the first column, and that erase the line, begin with the character of escape.
    for (const part of written.split(/(\n)/).flatMap((one) => one.split('\u001B').flatMap(toCodes))) {
      if (part === '\n') seen.push('')
      else if (part === code) seen[seen.length - 1] = ''
      else seen[seen.length - 1] += part
    }
    return seen
  }
  return { lines, live: liveLine(screen) }
}

test('in a terminal what is under way is one line that is rewritten below the others', () => {
  const { lines, live } = startScreen({ columns: 40 })
  live.say('Expand Article 1.2 s')
  live.show('a', 'images 4 of 22', 2_000)
  live.show('a', 'images 14 of 22', 4_000)
  live.say('Convert JATS 0.3 s')
  expect(lines()).toEqual(['Expand Article 1.2 s', 'Convert JATS 0.3 s', 'images 14 of 22'])
  live.show('b', 'images 3 of 9', 5_000)
  expect(lines().at(-1)).toBe('images 14 of 22; images 3 of 9')
  // What does not fit is counted: a line that wraps could not be rewritten.
  live.show('c', 'images 1 of 900', 5_000)
  expect(lines().at(-1)).toBe('images 14 of 22; images 3 of 9; 1 more')
  live.show('a', 'images 15 of 22 of an article with a long name', 6_000)
  expect(lines().at(-1)).toBe('3 under way')
  live.show('a', undefined, 6_000)
  live.clear()
  live.say('Stopping')
  expect(lines()).toEqual(['Expand Article 1.2 s', 'Convert JATS 0.3 s', 'Stopping', ''])
})

test('in a pipe what is under way is a line every ten seconds', () => {
  const { lines, live } = startScreen()
  for (let done = 1; done <= 11; done++) live.show('a', `images ${done} of 22`, done * 3_000 + 10_000)
  live.show('b', 'images 1 of 2', 43_000)
  live.show('a', undefined, 44_000)
  live.say('Resize Images 33.0 s')
  expect(lines()).toEqual([
    'images 1 of 22',
    'images 5 of 22',
    'images 9 of 22',
    'images 1 of 2',
    'Resize Images 33.0 s',
    '',
  ])
})
