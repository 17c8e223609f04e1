import { S3Error } from '../model/errors.ts'

/** The target of a request: the account, a bucket or an object; and the query. */
export interface Address {
  readonly bucket: string | undefined
  readonly key: string | undefined
  /** Query parameters by name, decoded; a flag without value has an empty one. */
  readonly query: ReadonlyMap<string, string>
  /** The path as in the request line, still encoded: the signature covers it. */
  readonly rawPath: string
}

/**
 * Reads the URL of a request. The bucket is the first segment of the path, or precedes one of `hosts` in the Host header. Nothing
 * is normalised: `..` and `//` are parts of keys. Throws InvalidURI for anything but percent-encoded UTF-8.
 */
export function parseAddress(url: string, host: string, hosts: readonly string[]): Address {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '')
  const mark = target.indexOf('?')
  const rawPath = mark < 0 ? target : target.slice(0, mark)
  const query = parseQuery(mark < 0 ? '' : target.slice(mark + 1))
  const inHost = bucketInHost(host, hosts)
  const path = rawPath.replace(/^\//, '')
  const [first = '', ...rest] = path.split('/')
  const bucket = inHost ?? decode(first)
  const key = decode(inHost === undefined ? rest.join('/') : path)
  return { bucket: bucket || undefined, key: key || undefined, query, rawPath: rawPath || '/' }
}

function bucketInHost(host: string, hosts: readonly string[]): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  const suffix = hosts.find((known) => name.endsWith(`.${known}`))
  return suffix && name.slice(0, -suffix.length - 1)
}

function parseQuery(text: string): Map<string, string> {
  const pairs = text.split('&').filter((pair) => pair !== '')
  return new Map(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? []
      return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))]
    }),
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidURI')
  }
}
