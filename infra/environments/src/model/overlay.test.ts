import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRecord, overlay } from './overlay.ts'

const key = fc.stringMatching(/^[a-z]{1,3}$/)
const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 4 }))
const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
  tree: fc.dictionary(
    key,
    fc.oneof({ maxDepth: 3, depthSize: 'small' }, scalar, fc.array(scalar, { maxLength: 3 }), tie('tree')),
    { maxKeys: 4 },
  ),
}))
const layers = (...says: object[]) => says.map((each, index) => ({ source: `${index}.ts`, says: each }))
const laid = (...says: object[]) => overlay(layers(...says)).value

/** The path of every list and scalar, with its value: an independent telling of what the overlay should be. */
function leaves(value: object, path: readonly string[] = []): [string, unknown][] {
  return Object.entries(value).flatMap(([name, held]: [string, unknown]) =>
    isRecord(held) ? leaves(held, [...path, name]) : [[[...path, name].join('.'), held] satisfies [string, unknown]],
  )
}
const at = (value: unknown, path: string) =>
  path.split('.').reduce<unknown>((held, name) => (isRecord(held) ? Reflect.get(held, name) : undefined), value)

describe('what is laid over', () => {
  test('objects merge, key by key', () => {
    expect(laid({ size: { cpu: 1, memory: 2 }, name: 'a' }, { size: { memory: 3 } })).toEqual({
      size: { cpu: 1, memory: 3 },
      name: 'a',
    })
  })

  test('lists replace, they do not grow', () => {
    expect(laid({ journals: ['a', 'b'] }, { journals: ['c'] })).toEqual({ journals: ['c'] })
  })

  test('an object takes the place of a scalar, and a scalar that of an object', () => {
    expect(laid({ part: 1 }, { part: { a: 2 } })).toEqual({ part: { a: 2 } })
    expect(laid({ part: { a: 2 } }, { part: 1 })).toEqual({ part: 1 })
  })

  test('undefined says nothing', () => {
    expect(laid({ a: 1, b: { c: 2 } }, { a: undefined, b: { c: undefined } })).toEqual({ a: 1, b: { c: 2 } })
  })

  test('nothing laid over changes nothing', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(laid(value, {})).toEqual(laid(value))
        expect(laid({}, value)).toEqual(laid(value))
      }),
    )
  })

  test('the same laid over again changes nothing', () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        expect(laid(a, b, b)).toEqual(laid(a, b))
      }),
    )
  })

  test('how layers are grouped does not matter', () => {
    fc.assert(
      fc.property(tree, tree, tree, (a, b, c) => {
        expect(laid(laid(a, b), c)).toEqual(laid(a, b, c))
      }),
    )
  })

  test('every list and scalar of the last layer stands, and of those before what no later one touches', () => {
    fc.assert(
      fc.property(tree, tree, (below, above) => {
        const result = laid(below, above)
        for (const [path, value] of leaves(above)) expect(at(result, path)).toEqual(value)
        const replaced = (path: string) =>
          leaves(above).some(
            ([other]) => path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`),
          ) || isRecord(at(above, path))
        for (const [path, value] of leaves(below)) if (!replaced(path)) expect(at(result, path)).toEqual(value)
      }),
    )
  })

  test('what was given is not changed', () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const before = JSON.stringify([a, b])
        laid(a, b)
        expect(JSON.stringify([a, b])).toBe(before)
      }),
    )
  })
})

describe('the source of a value', () => {
  test('is the last layer that says it, for each list and scalar and nothing else', () => {
    fc.assert(
      fc.property(tree, tree, tree, (...says) => {
        const { value, sources } = overlay(layers(...says))
        expect([...sources.keys()].toSorted()).toEqual(
          leaves(value)
            .map(([path]) => path)
            .toSorted(),
        )
        for (const [path, source] of sources) {
          const last = says.findLastIndex((each) => leaves(each).some(([known]) => known === path))
          expect(source).toBe(`${last}.ts`)
        }
      }),
    )
  })
})
