import { S3Error } from './errors.ts'

const maxKeyLength = 1024

/**
 * Throws InvalidBucketName for a name that S3 does not accept: 3-63 characters of a-z 0-9 . -, a letter or digit at both ends, not
 * an IP address.
 */
export function checkBucketName(name: string): void {
  const wellFormed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..')
  const reserved = /^(\d+\.){3}\d+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|\.mrap)$/.test(name)
  if (!wellFormed || reserved) throw new S3Error('InvalidBucketName', undefined, { BucketName: name })
}

/** Throws KeyTooLongError beyond 1,024 bytes of UTF-8. */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key)
  if (size > maxKeyLength) throw new S3Error('KeyTooLongError', undefined, { Size: size, MaxSizeAllowed: maxKeyLength })
}

/** A key as lists (`encoding-type=url`) and events write it: percent-encoded UTF-8, `+` for a space, slashes kept. */
export function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`
