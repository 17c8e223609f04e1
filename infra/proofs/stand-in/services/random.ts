import { textOf } from '../../wire/values.ts'
import { uuidOf } from '../rules/digits.ts'
import { between, type Kinds } from '../rules/kind.ts'

/** The types of the `random` provider, with the resource's own digits in the place of random ones. */
export const random = {
  'random:index/randomPassword:RandomPassword': {
    replaces: [
      'length',
      'special',
      'upper',
      'lower',
      'number',
      'numeric',
      'overrideSpecial',
      'keepers',
      'minLower',
      'minUpper',
      'minNumeric',
      'minSpecial',
    ],
    rules: [between('length', 1, 10_000)],
    made: ({ inputs, digits }) => {
      const result = digits
        .repeat(Math.ceil(Number(inputs['length']) / digits.length))
        .slice(0, Number(inputs['length']))
      return { id: 'none', result, bcryptHash: '' }
    },
  },
  'random:index/randomId:RandomId': {
    replaces: ['byteLength', 'keepers', 'prefix'],
    rules: [between('byteLength', 1, 1000)],
    made: ({ inputs, digits }) => {
      const hex = digits.slice(0, Number(inputs['byteLength']) * 2)
      return { id: hex, hex, dec: textOf(Number.parseInt(hex.slice(0, 12), 16)), b64Url: hex }
    },
  },
  'random:index/randomUuid:RandomUuid': {
    replaces: ['keepers'],
    rules: [],
    made: ({ digits }) => {
      const result = uuidOf(digits)
      return { id: result, result }
    },
  },
} satisfies Kinds
