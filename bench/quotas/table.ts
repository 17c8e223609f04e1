/** A row of the table in docs/quotas.md. */
export interface Quota {
  /** `swf:StartWorkflowExecution`. */
  readonly call: string
  /** Calls a second that AWS allows an account in a region; undefined: no limit that we meet. */
  readonly aSecond: number | undefined
  /** The calls that an article may take. */
  readonly anArticle: number
  /** The calls that an environment may take by the clock, whatever its articles. */
  readonly aMinute: number
}

/** The calls of a run, and the articles and minutes that they are of. */
export interface Measured {
  /** The number of calls of each operation. */
  readonly counts: ReadonlyMap<string, number>
  readonly articles: number
  /** From the first call to the last. */
  readonly minutes: number
}

/** Reads the table of docs/quotas.md: `| swf:StartWorkflowExecution | 200 | 4 | 0 | ...`. */
export function quotasOf(markdown: string): readonly Quota[] {
  return [...markdown.matchAll(/^\| `([a-z0-9]+:\w+)` *\| *([\d,]+|-) *\| *([\d.]+) *\| *([\d.]+) *\|/gm)].map(
    ([, call = '', aSecond = '', anArticle = '', aMinute = '']) => ({
      call,
      aSecond: aSecond === '-' ? undefined : Number(aSecond.replaceAll(',', '')),
      anArticle: Number(anArticle),
      aMinute: Number(aMinute),
    }),
  )
}

/**
 * Compares measured calls with the table: each line says how many there are, and is a fault if it begins with `!`. Calls by the clock
 * begin with the process, so there may be one more than the minutes have.
 */
export function compare(quotas: readonly Quota[], { counts, articles, minutes }: Measured): string[] {
  const calls = new Set([...quotas.map(({ call }) => call), ...counts.keys()])
  return [...calls].toSorted().map((call) => {
    const count = counts.get(call) ?? 0
    const measured = (count / articles).toFixed(1)
    const quota = quotas.find((each) => each.call === call)
    if (!quota) return `! ${call}: ${measured} an article, and docs/quotas.md knows nothing of it`
    const { aSecond, anArticle, aMinute } = quota
    const byClock = aMinute === 0 ? 0 : Math.ceil(aMinute * minutes) + 1
    const over = count > anArticle * articles + byClock ? '!' : ' '
    if (anArticle === 0 && byClock > 0)
      return `${over} ${call}: ${count} in ${minutes.toFixed(1)} minutes (docs/quotas.md: ${aMinute} a minute)`
    const rate =
      aSecond === undefined || count === 0 ? '' : `, ${((aSecond * articles) / count).toFixed(1)} articles a second`
    return `${over} ${call}: ${measured} an article (docs/quotas.md: ${anArticle})${rate}`
  })
}
