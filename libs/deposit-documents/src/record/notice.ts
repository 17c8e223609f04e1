import type { ArticleRecord, PartialDate } from './record.ts'
import { plainText } from '../xml/plain-text.ts'

/** A retraction or a withdrawal of the article itself, as its own record says it. */
export interface RecordNotice {
  readonly kind: 'retraction' | 'withdrawal'
  /** The day of it. */
  readonly date: PartialDate
  /** The DOI of the notice, where that is an article of its own; its record then tells of the update. */
  readonly doi?: string | undefined
}

const words = { retraction: 'RETRACTED', withdrawal: 'WITHDRAWN' }

/** `RETRACTED: `, for the title of an article that was retracted; undefined where the title says it already. */
export function titleNotice(
  { title }: Pick<ArticleRecord, 'title'>,
  notice: RecordNotice | undefined,
): string | undefined {
  if (!notice || /^(?:retracted|withdrawn)\b/i.test(plainText(title.children).trim())) return undefined
  return `${words[notice.kind]}: `
}
