import type { Queries } from './queries.ts'

/**
 * Finds the Insight that the mail about an article mentions: one about it, of which nobody was written to by itself since the article's mail
 * goes out the same day.
 */
export async function insightBeside(sql: Queries, recipient: string, articleId: string): Promise<string | undefined> {
  const [found] = await sql<{ article: string }[]>`
    select article from publication where facts -> 'about' ? ${articleId} and not exists (
      select 1 from deposit where deposit.recipient = ${recipient} and deposit.article = publication.article
        and deposit.state not in ('superseded', 'cancelled', 'not-for-this-recipient'))
    order by planned_at desc limit 1`
  return found?.article
}
