import type { ArticleNumbers } from './article-numbers.ts'

/** Stands in a page for the numbers of its article. The page is kept with it, and has numbers only when it is sent. */
export const numbersMark = '<!--numbers-->'

/** Puts the numbers into a page, or takes the mark out; a page without a mark stays as it is. */
export function fillIn<Payload extends string | Buffer>(
  page: Payload,
  numbers: ArticleNumbers | undefined,
): Payload | string | Buffer {
  const at = page.indexOf(numbersMark)
  if (at < 0) return page
  const shown = numbersHtml(numbers)
  if (typeof page === 'string') return page.slice(0, at) + shown + page.slice(at + numbersMark.length)
  return Buffer.concat([page.subarray(0, at), Buffer.from(shown), page.subarray(at + numbersMark.length)])
}

function numbersHtml({ views, downloads, citations }: ArticleNumbers = {}): string {
  const item = (number: number | undefined, one: string, many: string) =>
    number === undefined ? '' : `<li class="number">${number.toLocaleString('en')} ${number === 1 ? one : many}</li>`
  return (
    item(views, 'view', 'views') + item(downloads, 'download', 'downloads') + item(citations, 'citation', 'citations')
  )
}
