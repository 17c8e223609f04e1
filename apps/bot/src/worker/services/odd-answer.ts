import type { HttpAnswer } from '@continuum/service'
import type { RetryPolicy } from '@continuum/workflow-core'
import { ServiceUnavailableFailure } from './failures.ts'

/**
 * Thrown when an answer is not one that the service's contract has: a maintenance page, a proxy's error, an empty body, the
 * answer of a server that is being deployed. One such answer is no verdict; see `oddAnswerRetry`.
 */
export class OddAnswerFailure extends ServiceUnavailableFailure {
  override readonly name = 'OddAnswerFailure'
}

/** Retries while a service answers oddly: twelve minutes, longer than a deployment lasts, and short enough to tell of a wrong address. */
export const oddAnswerRetry: RetryPolicy = {
  maxAttempts: 10,
  initialInterval: '2s',
  backoffCoefficient: 3,
  maxInterval: '2m',
}

/** Hints for statuses that stand for a wrong setting if they stay. */
const hints: Readonly<Record<number, string>> = {
  401: ' If it stays so, the credentials are wrong.',
  403: ' If it stays so, the credentials are wrong.',
  404: ' If it stays so, the address is wrong, or a server before it is.',
  413: ' If it stays so, a server before it takes only smaller requests.',
}

/**
 * Makes the failure of an answer that the contract does not have, with what came.
 * @param expected what the contract has instead, such as `{"publish": true}`
 */
export function oddAnswer(service: string, answer: HttpAnswer & { retryAfter?: number | undefined }, expected: string) {
  const { status, retryAfter } = answer
  const message = `${service} answered ${status} with ${describe(answer)}, not with ${expected}.${hints[status] ?? ''}`
  return new OddAnswerFailure(message, retryAfter === undefined ? {} : { retryAfter })
}

const maxShown = 200

/** Words what came, for a production editor: the title of a page tells more than its markup. */
function describe({ headers, text }: HttpAnswer): string {
  const content = text.trim()
  if (content === '') return 'an empty body'
  if (content.startsWith('<') || /\bhtml\b/.test(headers.get('content-type') ?? '')) {
    const title = /<title[^>]*>([^<]*)/i.exec(content)?.[1] ?? content.replaceAll(/<[^>]*>/g, ' ')
    return `an HTML page (“${shorten(title)}”)`
  }
  return `“${shorten(content)}”`
}

function shorten(text: string): string {
  const words = text.replaceAll(/\s+/g, ' ').trim()
  return words.length <= maxShown ? words : `${words.slice(0, maxShown)}…`
}
