import { expect, test } from 'vitest'
import { importsOf } from './modules.ts'
import { climbingImports, headlessComments, importCircles, oddFolders } from './rules.ts'

/** Each rule of the structure is shown to find what breaks it. */

const rooms = { 'libs/a/src': ['.', 'upper', 'lower', 'lower/deep'] }
const module = (path: string, ...imports: string[]) => ({
  path: `libs/a/src/${path}`,
  imports: imports.map((each) => `libs/a/src/${each}`),
})

test('imports are found however they are written, types included', () => {
  const text = [
    "import { a } from './a.ts'",
    "import type { B } from '../b.ts'",
    "import {\n  c,\n  type D,\n} from './c/d.ts'",
    "export { e } from './e.ts'",
    "export * from './f.ts'",
    "import './g.ts'",
    "const h = await import('./h.ts')",
    "const i: import('./i.ts').I = h",
    "import { x } from 'elsewhere'",
  ].join('\n')
  const found = ['x/a.ts', 'b.ts', 'x/c/d.ts', 'x/e.ts', 'x/f.ts', 'x/g.ts', 'x/h.ts', 'x/i.ts']
  expect(importsOf('x/y.ts', text).toSorted()).toEqual(found.toSorted())
})

test('an import from a lower room to a higher one is found', () => {
  expect(climbingImports([module('upper/u.ts', 'lower/l.ts'), module('lower/l.ts')], rooms)).toEqual([])
  expect(climbingImports([module('lower/l.ts', 'upper/u.ts')], rooms)).toHaveLength(1)
  expect(climbingImports([module('lower/deep/d.ts', 'lower/l.ts')], rooms)).toHaveLength(1)
  expect(climbingImports([module('upper/u.ts', 'index.ts')], rooms)).toHaveLength(1)
  expect(climbingImports([module('attic/a.ts')], rooms)).toHaveLength(1)
})

test('tests may import from every room', () => {
  expect(climbingImports([module('lower/l.test.ts', 'upper/u.ts')], rooms)).toEqual([])
})

test('a circle of imports is found, of types too', () => {
  expect(importCircles([module('a.ts', 'b.ts'), module('b.ts', 'c.ts'), module('c.ts')])).toEqual([])
  expect(importCircles([module('a.ts', 'b.ts'), module('b.ts', 'c.ts'), module('c.ts', 'b.ts')])).toEqual([
    'libs/a/src/b.ts -> libs/a/src/c.ts -> libs/a/src/b.ts',
  ])
})

test('a folder with more than 25 files is found, and one with fewer than three', () => {
  const files = (folder: string, count: number) => Array.from({ length: count }, (_, index) => `${folder}/${index}.ts`)
  expect(oddFolders([...files('a/full', 25), ...files('a/few', 3), ...files('a/migrations', 1)])).toEqual([])
  expect(oddFolders(files('a/full', 26))).toHaveLength(1)
  expect(oddFolders(files('a/few', 2))).toHaveLength(1)
  expect(oddFolders([...files('a/b', 1), ...files('a/b/c', 3)])).toEqual([])
})

test('a doc comment with a headless clause is found', () => {
  const comment = (text: string) => ['/**', text, '*/'].join(' ')
  expect(headlessComments(`${comment('Sends a message.')}\n// What is this?\n/* How */`)).toEqual([])
  expect(headlessComments(comment('What sends a message.'))).toEqual(['What sends a message.'])
  expect(headlessComments(comment('\n * Where it goes.\n'))).toEqual(['Where it goes.'])
  expect(headlessComments(comment('When it was sent.'))).toEqual(['When it was sent.'])
  expect(headlessComments(comment('Why it waits.'))).toEqual(['Why it waits.'])
})
