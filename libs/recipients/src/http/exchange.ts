import type { Later, Refused } from '../seam/recipient.ts'

/** An answer over HTTP. */
export interface Answer {
  readonly status: number
  /** The body as text, at most 64 KiB of it. */
  readonly text: string
  readonly contentType: string
  readonly retryAfterSeconds?: number
}

/** The end of a request: an answer, or the reason why there was none. */
export type Exchange =
  | { readonly answer: Answer }
  /** `notSent` where no connection was made: then nothing arrived. */
  | { readonly broken: string; readonly notSent: boolean }

/** Seconds for a request over HTTP, from the connection to the last byte of the answer. */
export const requestTimeoutSeconds = 120

const maxAnswer = 64 * 1024

/**
 * Sends a request and reads the answer. It follows no redirect: credentials go nowhere else. Keys in the query are in no message.
 *
 * @param signal ends the request
 */
export async function exchange(
  url: URL,
  init: RequestInit,
  signal: AbortSignal,
  timeoutSeconds: number = requestTimeoutSeconds,
): Promise<Exchange> {
  const limit = AbortSignal.timeout(timeoutSeconds * 1000)
  try {
    const response = await fetch(url, { redirect: 'manual', ...init, signal: AbortSignal.any([signal, limit]) })
    const bytes = Buffer.from(await response.arrayBuffer()).subarray(0, maxAnswer)
    const retryAfter = secondsOf(response.headers.get('retry-after'))
    return {
      answer: {
        status: response.status,
        text: bytes.toString('utf8').trim(),
        contentType: response.headers.get('content-type') ?? '',
        ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
      },
    }
  } catch (error) {
    if (limit.aborted) return { broken: `no answer within ${timeoutSeconds} s from ${url.host}`, notSent: false }
    return { broken: `${causeOf(error)} (${url.host})`, notSent: neverConnected(error) }
  }
}

/**
 * Judges what means the same everywhere: no answer, 408, 429 and 5xx pass; 401 is the account's trouble; a redirect is a wrong address.
 * All else is judged by the recipient's own rules.
 */
export function judge<Result>(ended: Exchange, own: (answer: Answer) => Result): Result | Later | Refused {
  if ('broken' in ended) return { kind: 'later', answer: ended.broken, countsAsAttempt: true }
  const { status, retryAfterSeconds } = ended.answer
  const answer = wordsOf(ended.answer)
  const after = retryAfterSeconds === undefined ? {} : { afterSeconds: retryAfterSeconds }
  if (status === 429) return { kind: 'later', answer, countsAsAttempt: false, ...after }
  if (status === 408 || status === 425 || status >= 500)
    return { kind: 'later', answer, countsAsAttempt: true, ...after }
  if (status === 401 || status === 407) return { kind: 'refused', answer, account: true }
  if (status >= 300 && status < 400)
    return {
      kind: 'refused',
      answer: `${answer} (a redirect: the address in the settings is out of date)`,
      account: true,
    }
  return own(ended.answer)
}

/** Status and words of an answer in one line; of an HTML page, its text. */
export function wordsOf({ status, text, contentType }: Answer): string {
  const words = /html/i.test(contentType) ? textOfHtml(text) : text
  return `${status} ${words.replaceAll(/\s+/g, ' ').trim()}`.trim().slice(0, 2000)
}

/** The words of an HTML page in one line, its head left out. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/<(head|script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** The message of an error, with that of its cause: fetch says only "fetch failed". */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  const detail = cause instanceof Error ? cause.message || String(Object(cause).code ?? cause.name) : ''
  return detail ? `${error.message}: ${detail}` : error.message
}

function neverConnected(error: unknown): boolean {
  const code: unknown = Object(Object(error).cause).code
  return (
    typeof code === 'string' && /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code)
  )
}

/** Retry-After in seconds; a date in it is counted from now. */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter)
  const at = Date.parse(retryAfter)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}
