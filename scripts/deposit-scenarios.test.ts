import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/**
 * The acceptance scenarios of deposits, and the faults of the original system that deposits must not have, are tests by their numbers:
 * "7, 8. Given ..." is a test of the scenarios 7 and 8, "11.5 ..." one of the fault 5. Each number has a test, over the protocol itself
 * where it is about one.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['apps/deposits', 'libs/recipients', 'libs/deposit-documents', 'libs/stand-ins']
const scenarios = 40
const faults = 21

interface NumberedTest {
  readonly file: string
  readonly name: string
}

/** A test, or a group of tests, whose name begins with numbers; one that is skipped, or to be written, is none. */
const numbered = /(?:^|\s)(?:test|describe)(\.\w+(?:\([^()]*\))?)*\s*\(\s*(['"])((?:11\.)?\d[\d., and]*[. ] ?.*?)\2,/gm

const tests: NumberedTest[] = folders.flatMap((folder) =>
  globSync(`${folder}/src/**/*.test.ts`, { cwd: root }).flatMap((file) =>
    [...readFileSync(`${root}/${file}`, 'utf8').matchAll(numbered)]
      .filter(([whole]) => !/^\s*\w+\.(skip|todo)\b/.test(whole))
      .map((match) => ({ file, name: match[3] ?? '' })),
  ),
)

/** The numbers at the beginning of a name: of scenarios ("8, 15."), or of faults ("11.2, 11.3"). */
function numbersOf(name: string): { scenarios: number[]; faults: number[] } {
  const [list = ''] = /^(?:11\.\d+|\d+)(?:(?:\.? and |, )(?:11\.\d+|\d+))*/.exec(name) ?? []
  const all = list.match(/11\.\d+|\d+/g) ?? []
  return {
    scenarios: all.filter((number) => !number.includes('.')).map(Number),
    faults: all.filter((number) => number.includes('.')).map((number) => Number(number.slice(3))),
  }
}

/** The tests of each number from 1 on, as `file: name`. */
function testsBy(kind: 'scenarios' | 'faults', count: number): readonly (readonly [number, readonly string[]])[] {
  return Array.from({ length: count }, (_, index) => {
    const its = tests.filter(({ name }) => numbersOf(name)[kind].includes(index + 1))
    return [index + 1, its.map(({ file, name }) => `${file}: ${name}`)]
  })
}

test.for(testsBy('scenarios', scenarios))('scenario %i has a test of the whole service', ([, names]) => {
  expect(names.filter((name) => name.startsWith('apps/deposits/'))).not.toEqual([])
})

test.for(testsBy('faults', faults))('fault 11.%i has a test', ([, names]) => {
  expect(names).not.toEqual([])
})

test('numbers are read from names as they are written', () => {
  expect(numbersOf('8. and 9. timestamps')).toEqual({ scenarios: [8, 9], faults: [] })
  expect(numbersOf('32, 35, 36. Three authors')).toEqual({ scenarios: [32, 35, 36], faults: [] })
  expect(numbersOf('11.20, 38. live settings')).toEqual({ scenarios: [38], faults: [20] })
  expect(numbersOf('11. Given a PoA')).toEqual({ scenarios: [11], faults: [] })
  expect(numbersOf('a test of 5 things')).toEqual({ scenarios: [], faults: [] })
})
