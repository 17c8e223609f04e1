import type { IncomingHttpHeaders } from 'node:http'
import { header } from './headers.ts'
import { S3Error } from '../model/errors.ts'

/** Headers for features that this server does not have, and the values that ask for its only behaviour. */
const unsupported: readonly (readonly [name: RegExp, harmless?: RegExp])[] = [
  [/^x-amz-server-side-encryption$/, /^AES256$/],
  [/^x-amz-server-side-encryption-/],
  [/^x-amz-copy-source-server-side-encryption-/],
  [/^x-amz-object-lock-/],
  [/^x-amz-bucket-object-lock-enabled$/, /^false$/i],
  [/^x-amz-website-redirect-location$/],
  [/^x-amz-write-offset-bytes$/],
  [/^x-amz-rename-source$/],
  [/^x-amz-object-ownership$/, /^BucketOwnerEnforced$/],
]

const harmlessAcls = ['private', 'bucket-owner-full-control']

/**
 * Throws NotImplemented for a header that cannot be ignored without changing the meaning of the request, and
 * AccessControlListNotSupported for ACLs, which new buckets on AWS refuse too.
 */
export function refuseUnsupportedHeaders(headers: IncomingHttpHeaders, account: string): void {
  for (const name of Object.keys(headers)) {
    const value = header(headers, name) ?? ''
    if (name.startsWith('x-amz-grant-') || (name === 'x-amz-acl' && !harmlessAcls.includes(value)))
      throw new S3Error('AccessControlListNotSupported')
    if (name.endsWith('expected-bucket-owner') && value !== account) throw new S3Error('AccessDenied')
    if (unsupported.some(([pattern, harmless]) => pattern.test(name) && !harmless?.test(value)))
      throw new S3Error('NotImplemented', `This server does not implement the header ${name}.`, { Header: name })
  }
}
