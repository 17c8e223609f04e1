import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

const fields = [
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query',
  'cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol',
  'ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte',
  'x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end',
].join(' ')

/** A CloudFront log file to write. */
export interface LogToWrite {
  /** Compressed where its name ends in `.gz`. */
  readonly path: string
  readonly hits: number
  readonly articles: number
}

/**
 * Writes a CloudFront log of one day: hits of PDFs by many readers with many browsers, and between them half as many requests of
 * pictures, which do not count.
 */
export async function writeLog({ path, hits, articles }: LogToWrite): Promise<void> {
  const lines = Readable.from(blocks({ path, hits, articles }), { objectMode: false })
  await (path.endsWith('.gz')
    ? pipeline(lines, createGzip({ level: 1 }), createWriteStream(path))
    : pipeline(lines, createWriteStream(path)))
}

const perBlock = 1_000

function* blocks({ path, hits, articles }: LogToWrite): Generator<string> {
  yield `#Version: 1.0\n#Fields: ${fields}\n`
  const file = path.split('/').at(-1) ?? ''
  for (let from = 0; from < hits; from += perBlock) {
    let block = ''
    for (let hit = from; hit < Math.min(from + perBlock, hits); hit++) {
      const id = String((hit % articles) + 1).padStart(5, '0')
      block += line(file, hit, hits, `/${id}/elife-${id}-v1.pdf`)
      if (hit % 2 === 0) block += line(`${file}-fig`, hit, hits, `/${id}/elife-${id}-fig1-v1.jpg`)
    }
    yield block
  }
}

function line(file: string, hit: number, hits: number, path: string): string {
  const time = new Date(Date.UTC(2026, 2, 10) + Math.floor((hit / hits) * 86_400_000)).toISOString()
  // Readers are many, and so are the names of their browsers.
  const [reader, browser] = [hit % 50_021, hit % 9_973]
  return `${[
    time.slice(0, 10),
    time.slice(11, 19),
    'FRA2-C1',
    '1045231',
    `10.${reader >> 16}.${(reader >> 8) & 255}.${reader & 255}`,
    'GET',
    'd111111abcdef8.cloudfront.net',
    path,
    '200',
    'https://journal.example.org/articles',
    `Mozilla/5.0%20(X11;%20Linux%20x86_64;%20rv:${browser}.0)%20Gecko/20100101%20Firefox/${browser}.0`,
    '-',
    '-',
    'Hit',
    `${file}-${hit}==`,
    'cdn.example.org',
    'https',
    '312',
    '0.123',
    '-',
    'TLSv1.3',
    'TLS_AES_128_GCM_SHA256',
    'Hit',
    'HTTP/2.0',
    '-',
    '-',
    '51234',
    '0.045',
    'Hit',
    'application/pdf',
    '1045000',
    '-',
    '-',
  ].join('\t')}\n`
}
