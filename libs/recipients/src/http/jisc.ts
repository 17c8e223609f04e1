import { Readable } from 'node:stream'
import { openDocument, sizeOf } from '../seam/bytes.ts'
import type { Recipient } from '../seam/recipient.ts'
import { exchange, judge, wordsOf } from './exchange.ts'

/** Address and key of a Jisc Publications Router account. */
export interface JiscSettings {
  /** `https://pubrouter.jisc.ac.uk/api/v4/`, or that of its test system. */
  readonly url: string
  readonly key: string
  /** Metadata of the notification; by default only that the package holds files and JATS, from which the Router reads the rest. */
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly timeoutSeconds?: number
}

const packageFormat = 'https://pubrouter.jisc.ac.uk/FilesAndJATS'

/**
 * Jisc Publications Router: a package becomes a notification, with metadata beside it. Each POST makes a new one, so where the answer
 * was lost, whether it came is `uncertain`.
 */
export function jisc({ url, key, metadata, timeoutSeconds = 900 }: JiscSettings): Recipient {
  const base = url.endsWith('/') ? url : `${url}/`
  return {
    send: async (document, { key: deposit }, signal) => {
      const address = new URL('notification', base)
      address.searchParams.set('api_key', key)
      const boundary = `part-${Buffer.from(deposit).toString('hex').slice(0, 60)}`
      const described = JSON.stringify(metadata ?? { content: { packaging_format: packageFormat } })
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="metadata"; filename="metadata.json"\r\nContent-Type: application/json\r\n\r\n${described}\r\n--${boundary}\r\nContent-Disposition: form-data; name="content"; filename="content.zip"\r\nContent-Type: application/zip\r\n\r\n`
      const tail = `\r\n--${boundary}--\r\n`
      const source = openDocument(document)
      try {
        const init = {
          method: 'POST',
          body: Readable.toWeb(Readable.from(bodyOf(head, source, tail), { objectMode: false })),
          duplex: 'half' as const,
          headers: {
            'content-type': `multipart/related; boundary="${boundary}"`,
            'content-length': String(Buffer.byteLength(head) + sizeOf(document) + Buffer.byteLength(tail)),
          },
        }
        const ended = await exchange(address, init, signal, timeoutSeconds)
        // Nothing was sent where there was no connection; else it may be there.
        if ('broken' in ended && !ended.notSent) return { kind: 'uncertain', answer: ended.broken }
        return judge(ended, (answer) => {
          const words = wordsOf(answer)
          return answer.status === 202 || answer.status === 201
            ? { kind: 'confirmed', answer: words }
            : { kind: 'refused', answer: words }
        })
      } finally {
        source.destroy()
      }
    },
  }
}

async function* bodyOf(head: string, source: Readable, tail: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(head)
  for await (const part of source) yield part
  yield Buffer.from(tail)
}
