/** The use of an article that an address of a former website was counted as. */
export interface FormerUse {
  /** The number as the address has it. */
  number: string
  use: 'full' | 'abstract' | 'digest'
}

interface Era {
  /** The first day on which the rule held. */
  from: string
  /** Letter case is ignored. */
  patterns: readonly [RegExp, FormerUse['use']][]
}

const vol = String.raw`/content/(?:elife/)?\d+/e(\d{5})`
const early = String.raw`/content/(?:elife/)?early/\d{4}/\d\d/\d\d/eLife\.(\d{5})`
const pattern = (source: string) => new RegExp(`^${source}$`, 'i')
const campaign = String.raw`(?:[?&](?=.*(?:twclid|utm_campaign|utm_source=content_alert)).*)?`

const article = (rest: string, digits: string): [RegExp, 'full'] => [pattern(`/articles/(${digits})${rest}`), 'full']

/**
 * The addresses that Google Analytics counted for an article, by the time from which they did. What the journal's websites
 * looked like is known from their addresses alone: HighWire, then Drupal, then the journal of 2017.
 */
const eras: readonly Era[] = [
  {
    from: '2014-03-12',
    patterns: [
      [pattern(String.raw`(?:${vol}|${early})(?:\.full)?`), 'full'],
      [pattern(String.raw`(?:${vol}|${early})(?:\.abstract|\.short|/abstract-1)`), 'abstract'],
      [pattern(`(?:${vol}|${early})/abstract-2`), 'digest'],
    ],
  },
  {
    from: '2016-02-10',
    patterns: [
      [pattern(String.raw`${vol}v\d+`), 'full'],
      [pattern(String.raw`${vol}v\d+/abstract`), 'abstract'],
      [pattern(String.raw`${vol}v\d+/abstract2`), 'digest'],
    ],
  },
  {
    from: '2016-05-06',
    patterns: [
      [pattern(String.raw`${vol}(?:v\d+)?`), 'full'],
      [pattern(String.raw`${vol}v\d+/abstract`), 'abstract'],
      [pattern(String.raw`${vol}v\d+/abstract2`), 'digest'],
    ],
  },
  { from: '2017-06-01', patterns: [article('', String.raw`\d{1,5}`)] },
  { from: '2020-02-21', patterns: [article('(?:/executable)?', String.raw`\d{1,5}`)] },
  { from: '2021-12-01', patterns: [article(`(?:/executable)?${campaign}`, String.raw`\d{1,5}`)] },
  {
    from: '2022-10-18',
    patterns: [
      article(`(?:/executable)?${campaign}`, String.raw`\d{1,5}`),
      [pattern(String.raw`/reviewed-preprints/(\d{1,5})${campaign}`), 'full'],
    ],
  },
  {
    from: '2023-02-17',
    patterns: [
      article(`(?:/executable)?${campaign}`, String.raw`\d{1,6}`),
      [pattern(String.raw`/reviewed-preprints/(\d{1,6})${campaign}`), 'full'],
    ],
  },
]

/** Months in which a rule changed, and that were counted by the later one. */
const laterRule = new Set(['2016-02', '2016-05', '2022-10'])

/**
 * Reads which use of an article a page address was counted as on a day or in a month.
 *
 * @param date `2016-01-31`, or `2016-01`
 */
export function formerUse(address: string, date: string): FormerUse | undefined {
  const day = date.length === 7 ? `${date}-${laterRule.has(date) ? '31' : '01'}` : date
  const era = eras.findLast(({ from }) => from <= day) ?? (day.startsWith('2014-03') ? eras[0] : undefined)
  for (const [expression, use] of era?.patterns ?? []) {
    const number = expression.exec(address)?.slice(1).find(Boolean)
    if (number !== undefined) return { number, use }
  }
  return undefined
}

/** Reads the number of an article from the label of a download event, `10.7554/eLife.00353::pdf-article`. */
export function numberOfDownload(label: string): string | undefined {
  return /^10\.\d{4,}\/[a-z]+\.(\d{1,6})::pdf-article$/i.exec(label)?.[1]
}
