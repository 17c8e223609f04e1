import { isObject } from '../../wire/values.ts'
import type { Rule } from './kind.ts'

/** The rule for the tags of a type. EC2 allows any character in them, other services do not. */
export function tagsOf(type: string): Rule {
  const any = /^aws:(ec2|vpc)\//.test(type)
  return {
    property: 'tags',
    holds: (value) =>
      isObject(value) &&
      Object.keys(value).length <= 50 &&
      Object.entries(value).every(
        ([key, text]) => isKey(key, any) && typeof text === 'string' && text.length <= 256 && (any || plain.test(text)),
      ),
    says: `at most 50 tags, keys of 1 to 128 and values of up to 256 characters${any ? '' : ' (letters, digits, spaces and _.:/=+-@)'}, no key that begins with aws:`,
  }
}

const plain = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const isKey = (key: string, any: boolean) =>
  key.length >= 1 && key.length <= 128 && !key.startsWith('aws:') && (any || plain.test(key))
