import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromStruct, isUnknown, plain, same, toStruct, unknown, type Value } from './values.ts'

const mark = '4dabf18193072939515e22adb298388d'
const secretMark = '1b47061264138c4ac30d75fd1eb44270'

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))

test('whatever goes into protobuf comes out the same', () => {
  fc.assert(
    fc.property(value, (any) => {
      expect(same(fromStruct(toStruct({ any }))['any'], any)).toBe(true)
    }),
  )
})

test('a secret is shown plain or hidden, however deep it lies', () => {
  const held = { list: [{ password: { [mark]: secretMark, value: 'x' } }] }
  expect(plain(held)).toEqual({ list: [{ password: 'x' }] })
  expect(plain(held, () => '[secret]')).toEqual({ list: [{ password: '[secret]' }] })
})

test('a value is unknown where any part of it is', () => {
  expect([isUnknown({ a: ['b', unknown] }), isUnknown({ a: ['b'] }), isUnknown(undefined)]).toEqual([
    true,
    false,
    false,
  ])
})
