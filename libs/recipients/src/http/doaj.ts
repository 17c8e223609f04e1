import { readDocument } from '../seam/bytes.ts'
import type { Recipient, SendResult } from '../seam/recipient.ts'
import { exchange, judge, wordsOf, type Answer } from './exchange.ts'

/** Address and key of a DOAJ account. */
export interface DoajSettings {
  /** `https://doaj.org/api/v4/`, or that of its test system. */
  readonly url: string
  readonly key: string
  readonly timeoutSeconds?: number
}

/**
 * DOAJ's API for single articles; its answer is the result. The id that DOAJ gave (`SendContext.known`) is written over, so that an
 * article has one record whatever its addresses become. The key goes into the address, as DOAJ demands it, and into no message.
 */
export function doaj({ url, key, timeoutSeconds }: DoajSettings): Recipient {
  const base = url.endsWith('/') ? url : `${url}/`
  return {
    send: async (document, { known }, signal) => {
      const body = await readDocument(document)
      const write = async (id: string | undefined): Promise<SendResult> => {
        const address = new URL(id === undefined ? 'articles' : `articles/${encodeURIComponent(id)}`, base)
        address.searchParams.set('api_key', key)
        const init = {
          method: id === undefined ? 'POST' : 'PUT',
          body,
          headers: { 'content-type': 'application/json', accept: 'application/json' },
        }
        return judge(await exchange(address, init, signal, timeoutSeconds), (answer) => judgeArticle(answer, id))
      }
      const result = await write(known)
      // The record was taken away there: then it is a new one.
      return known !== undefined && result.kind === 'refused' && result.answer.startsWith('404')
        ? write(undefined)
        : result
    },
  }
}

function judgeArticle(answer: Answer, known: string | undefined): SendResult {
  const words = wordsOf(answer)
  if (answer.status === 200 || answer.status === 201 || answer.status === 204) {
    const id = known ?? idIn(answer.text)
    return { kind: 'confirmed', answer: words, ...(id !== undefined && { reference: id }) }
  }
  return { kind: 'refused', answer: words }
}

function idIn(text: string): string | undefined {
  try {
    const { id }: { id?: unknown } = Object(JSON.parse(text))
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
