import {
  asShown,
  parseArticleId,
  publicApiVersionsOf,
  validateArticleJson,
  validatePublicArticleJson,
  type Journal,
} from '@continuum/article'
import { UserError } from '../errors/user-error.ts'
import type { Input } from './inputs.ts'

/** The result of checking one article, as `--json` prints it. */
export interface CheckedArticle {
  readonly file: string
  readonly valid: boolean
  readonly problems: readonly string[]
  /** The media types of the public API under which it can be served. */
  readonly servedAs: readonly string[]
}

/**
 * Checks an input as the article store would: against the schema of article JSON, and against the public API's where its journal
 * demands it. Needs no service.
 */
export async function checkArticle(input: Input, journals: readonly Journal[]): Promise<CheckedArticle> {
  try {
    const article = await input.article()
    const shown = asShown(article)
    const { publicApi } = parseArticleId(String(article['id']), journals)?.journal ?? {}
    const validate = publicApi ? validatePublicArticleJson : validateArticleJson
    const problems = validate(shown).map(
      ({ place, expected, found }) => `${place} is ${found}, expected is ${expected}`,
    )
    if (!('published' in article))
      problems.push('/published is nothing, expected is a date, or null while there is none')
    const servedAs = publicApiVersionsOf(shown).map(({ mediaType }) => mediaType)
    return { file: input.name, valid: problems.length === 0, problems, servedAs }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { file: input.name, valid: false, problems: [error.message], servedAs: [] }
  }
}

/** Prints a checked article for a person. */
export function checkedText({ file, valid, problems, servedAs }: CheckedArticle): string {
  if (!valid) return [`${file} is NOT valid`, ...problems.map((problem) => `  ${problem}`)].join('\n')
  const served =
    servedAs.length > 0 ? `served as ${servedAs.join(', ')}` : 'not served under a media type of the public API'
  return `${file} is valid; ${served}`
}
