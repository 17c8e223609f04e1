/** A row of the table in docs/quotas.md. */
export interface Quota {
  /** `swf:StartWorkflowExecution`. */
  readonly call: string
  /** Calls a second that AWS allows an account in a region; undefined: no limit that we meet. */
  readonly aSecond: number | undefined
  /** The calls that an article may take. */
  readonly anArticle: number
}

/** Reads the table of docs/quotas.md: `| swf:StartWorkflowExecution | 200 | 4 | ...`. */
export function quotasOf(markdown: string): readonly Quota[] {
  return [...markdown.matchAll(/^\| `([a-z0-9]+:\w+)` *\| *([\d,]+|-) *\| *([\d.]+) *\|/gm)].map(
    ([, call = '', aSecond = '', anArticle = '']) => ({
      call,
      aSecond: aSecond === '-' ? undefined : Number(aSecond.replaceAll(',', '')),
      anArticle: Number(anArticle),
    }),
  )
}

/** Compares measured calls with the table: each line says how many there are, and is a fault if it begins with `!`. */
export function compare(quotas: readonly Quota[], counts: ReadonlyMap<string, number>, articles: number): string[] {
  const calls = new Set([...quotas.map(({ call }) => call), ...counts.keys()])
  return [...calls].toSorted().map((call) => {
    const measured = (counts.get(call) ?? 0) / articles
    const quota = quotas.find((each) => each.call === call)
    if (!quota) return `! ${call}: ${measured.toFixed(1)} an article, and docs/quotas.md knows nothing of it`
    const over = measured > quota.anArticle ? '!' : ' '
    const rate =
      quota.aSecond === undefined || measured === 0
        ? ''
        : `, ${(quota.aSecond / measured).toFixed(1)} articles a second`
    return `${over} ${call}: ${measured.toFixed(1)} an article (docs/quotas.md: ${quota.anArticle})${rate}`
  })
}
