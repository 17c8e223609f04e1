import type { RecipientSettings } from '@continuum/settings'
import type { PublicationFacts } from '../rules/facts.ts'
import type { Queries } from '../store/queries.ts'

/**
 * An Insight and the research article that it is about, published on the same day: the authors of the research get one mail, the
 * article's. Returns why an Insight's mail is not written; takes back one that waits when the article's own is planned.
 */
export async function insightRules(
  sql: Queries,
  { name }: RecipientSettings,
  { type, about, articleId, version }: PublicationFacts,
  at: string,
): Promise<string | undefined> {
  if (type !== 'insight') {
    await sql`
      update deposit set state = 'superseded', since = ${at}, waits_for = null,
        answer = ${`The mail about ${articleId} v${version}, which it is about, goes out the same day.`}
      where recipient = ${name} and state in ('planned', 'waiting') and part like 'Insight\\_to\\_VOR%'
        and (article, version, run) in (select article, version, run from publication where facts -> 'about' ? ${articleId})`
    return undefined
  }
  if (about.length === 0) return 'the XML names no research article that it is about'
  const [waiting] = await sql<{ article: string }[]>`
    select article from deposit where recipient = ${name} and article in ${sql(about)} and state in ('planned', 'waiting') limit 1`
  return waiting && `the mail about ${waiting.article}, which goes out the same day, is enough`
}
