import { namesOf } from '@continuum/aws-resources'
import { archiveCopyNames } from '../derive/archive-copy-names.ts'
import type { Environment } from '../model/environment.ts'
import type { ValidationError } from './validation-error.ts'

const maxLength = 63
const reservedPrefix = /^(xn--|sthree-|amzn-s3-demo-)/
const reservedSuffix = /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/

/** Tells which buckets of an environment S3 would refuse by their names. The schema has checked the characters. */
export function* bucketNameErrors(environment: Environment): Iterable<ValidationError> {
  const own = Object.values(namesOf(environment).buckets)
  yield* own.flatMap((name) => nameErrors('prefix', 'prefix', name))
  const copy = archiveCopyNames(environment)
  if (!copy) return
  const path = environment.archiveCopy?.bucket === undefined ? 'archiveCopy' : 'archiveCopy.bucket'
  yield* nameErrors('archiveCopy', path, copy.bucket)
  if (copy.logs !== undefined) yield* nameErrors('archiveCopy', 'archiveCopy', copy.logs)
  const taken = [...own, copy.logs].find((name) => name === copy.bucket)
  if (taken !== undefined) yield { path, text: `gives two buckets one name: ${taken}` }
}

/** @param derived the path of what gives a name its length; @param path of what gives it its words */
function nameErrors(derived: string, path: string, name: string): ValidationError[] {
  return [
    ...(name.length > maxLength
      ? [
          {
            path: derived,
            text: `gives a bucket a name of more than ${maxLength} characters: ${name} (${name.length})`,
          },
        ]
      : []),
    ...(reservedPrefix.test(name) || reservedSuffix.test(name)
      ? [{ path, text: `gives a bucket a name that S3 reserves: ${name}` }]
      : []),
    ...(name.includes('..') ? [{ path, text: `gives a bucket a name with two dots beside each other: ${name}` }] : []),
    ...(/^(\d{1,3}\.){3}\d{1,3}$/.test(name)
      ? [{ path, text: `gives a bucket a name that is like an IP address: ${name}` }]
      : []),
  ]
}
