import type { SchemaProblem } from '@continuum/article'

/**
 * The rules by code: the HTTP status and the comment of a violation. 400: the request itself is wrong. 409: the request is
 * right, but the state of the article forbids it.
 */
const codes = {
  'bad-request': { status: 400, comment: 'The request contradicts itself or cannot be read.' },
  'invalid-article-json': { status: 400, comment: 'The article JSON does not have the shape that readers rely on.' },
  'error-parsing-article-json': { status: 400, comment: 'The article JSON lacks a value that the store needs.' },
  'already-published': { status: 409, comment: 'The version is public; only a forced request may change it.' },
  'previous-version-unpublished': { status: 409, comment: 'The version before has to be published first.' },
  'previous-version-does-not-exist': { status: 409, comment: 'Versions are numbered 1, 2, 3... without a gap.' },
  'record-not-found': { status: 409, comment: 'What the request names has not been ingested.' },
  'poa-after-vor': { status: 409, comment: 'A version of record is not followed by a version without its text.' },
  withdrawn: { status: 409, comment: 'The article has been withdrawn; it must be reinstated first.' },
  embargoed: { status: 409, comment: 'Nothing is public before its date of publication.' },
  superseded: { status: 409, comment: 'Another delivery has replaced the content that was approved.' },
} as const

export type RuleViolationCode = keyof typeof codes
export const ruleViolationCodes = Object.keys(codes)

/** Thrown when a rule forbids a request. Nothing is stored. Never retried: the same request meets the same rule. */
export class RuleViolationError extends Error {
  override readonly name = 'RuleViolationError'
  readonly retry = false
  readonly code: RuleViolationCode
  /** The places of article JSON that are wrong; none where another rule is violated. */
  readonly problems: readonly SchemaProblem[]
  /** The instant from which on the request is allowed, of an embargo. */
  readonly until: string | undefined

  constructor(code: RuleViolationCode, message: string, problems: readonly SchemaProblem[] = [], until?: string) {
    super(message)
    this.code = code
    this.problems = problems
    this.until = until
  }

  get status(): number {
    return codes[this.code].status
  }

  /** One sentence that explains the rule, the same for each violation of it. */
  get comment(): string {
    return codes[this.code].comment
  }
}
