import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from './commands.ts'

const doc = readFileSync(new URL('../../../docs/pulumi-up.md', import.meta.url), 'utf8')

test('docs/pulumi-up.md has the commands that the proof runs, letter by letter, and no others', () => {
  const blocks = [...doc.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trim().split('\n'))
  const typed = blocks.filter((line) => line.startsWith('pulumi '))
  expect(new Set(typed)).toEqual(new Set(Object.values(commands)))
})
