import type { IncomingHttpHeaders } from 'node:http'
import type { Description } from '../model/description.ts'
import { invalidArgument, S3Error } from '../model/errors.ts'
import { header } from './headers.ts'
import { parseTagHeader } from './tags.ts'

const kept = ['content-type', 'content-disposition', 'content-language', 'cache-control', 'expires']
const metadataPrefix = 'x-amz-meta-'
const maxMetadataSize = 2048
const archives = ['GLACIER', 'DEEP_ARCHIVE']
const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
]

/** Reads the description of a new object from request headers. Throws MetadataTooLarge, InvalidTag or InvalidStorageClass. */
export function parseDescription(headers: IncomingHttpHeaders): Description {
  return {
    headers: parseContentHeaders(headers),
    metadata: parseMetadata(headers),
    tags: parseTagHeader(header(headers, 'x-amz-tagging')),
    storageClass: parseStorageClass(headers),
  }
}

function parseContentHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const given = kept.map((name): [string, string | undefined] => [name, header(headers, name)])
  // The framing of the request is not a property of the object.
  const encoding = (header(headers, 'content-encoding') ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '' && it !== 'aws-chunked')
    .join(',')
  const all: [string, string | undefined][] = [...given, ['content-encoding', encoding]]
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(all.filter((it): it is [string, string] => Boolean(it[1]))),
  }
}

function parseMetadata(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.keys(headers)
    .filter((name) => name.startsWith(metadataPrefix))
    .map((name): [string, string] => [name.slice(metadataPrefix.length), header(headers, name) ?? ''])
  // Node reads header bytes as Latin-1: one character is one byte.
  const size = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (size > maxMetadataSize)
    throw new S3Error('MetadataTooLarge', undefined, { Size: size, MaxSizeAllowed: maxMetadataSize })
  return Object.fromEntries(entries)
}

export function parseStorageClass(headers: IncomingHttpHeaders): string {
  const given = header(headers, 'x-amz-storage-class') ?? 'STANDARD'
  if (archives.includes(given))
    throw new S3Error('NotImplemented', `This server does not implement the archive storage class ${given}.`, {
      Header: given,
    })
  if (!storageClasses.includes(given))
    throw new S3Error('InvalidStorageClass', undefined, { StorageClassRequested: given })
  return given
}

/** Reads `x-amz-metadata-directive` or `x-amz-tagging-directive`: COPY (the default) or REPLACE. Throws InvalidArgument. */
export function parseDirective(headers: IncomingHttpHeaders, name: string): 'COPY' | 'REPLACE' {
  const given = header(headers, name) ?? 'COPY'
  if (given === 'COPY' || given === 'REPLACE') return given
  throw invalidArgument(`Unknown ${name.replace('x-amz-', '').replace('-', ' ')}.`, name, given)
}

/** The reply headers for a description. */
export function descriptionHeaders({ headers, metadata, tags, storageClass }: Description): Record<string, string> {
  const count = Object.keys(tags).length
  return {
    ...headers,
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [metadataPrefix + name, value])),
    ...(count > 0 && { 'x-amz-tagging-count': String(count) }),
    ...(storageClass !== 'STANDARD' && { 'x-amz-storage-class': storageClass }),
  }
}
