import type { TransactionSql } from 'postgres'

/** Usage of an article on a day or in a month, as another system counted it. */
export interface HistoricUsage {
  article: string
  period: 'day' | 'month'
  /** `2016-01-31`, or `2016-01` */
  date: string
  /** `ga`, `hw` */
  source: string
  full: number
  abstract: number
  digest: number
  pdf: number
}

const batchSize = 1000

/** Keeps history; what was kept for the same article, period and source is replaced. */
export async function keepHistory(tx: TransactionSql, usage: readonly HistoricUsage[]): Promise<void> {
  for (let from = 0; from < usage.length; from += batchSize) {
    await tx`
      insert into history ${tx(usage.slice(from, from + batchSize))}
      on conflict (article, period, date, source) do update set
        "full" = excluded."full", abstract = excluded.abstract, digest = excluded.digest, pdf = excluded.pdf`
  }
}
