import type { Sql } from 'postgres'
import { templates } from './templates.ts'

/** The template that the copy of a number is made of: 5% have failed, 15% are ready, 15% in progress, 5% waiting, 60% published. */
const templateOf = (sql: Sql) => sql`
  case when n % 20 = 0 then '00001' when n % 20 < 4 then '00002' when n % 20 < 7 then '00003' when n % 20 = 7 then '00004'
    else '00005' end`

/** The copies that are found by what few have: forty of the current ones, forty of the archive, whatever the number of all. */
const isRare = (sql: Sql) => sql`(n <= 100 and n % 20 < 8) or (n <= 71 and n % 20 > 7)`

/** Fills a dashboard with copies of the templates up to its number of articles, as a database that has grown over years. */
export async function fillTo(sql: Sql, articles: number): Promise<void> {
  const copies = sql`
    (select n, 'x' || lpad(n::text, 5, '0') as id, ${templateOf(sql)} as template, ${isRare(sql)} as rare
     from generate_series(1, ${articles - templates.length}) as n) as copy`
  const renamed = (column: 'summary' | 'api_row' | 'body') =>
    sql`replace(${sql(column)}::text, '"' || template || '"', '"' || copy.id || '"')::json`
  await sql`
    insert into article (id, published_at, summary, api_row, derivation)
    select copy.id, published_at, ${renamed('summary')}, ${renamed('api_row')}, derivation
    from ${copies} join article on article.id = template`
  for (const table of ['current_run', 'archived_run'] as const) {
    await sql`
      insert into ${sql(table)} (article, version, run, section, since, journal, subjects, kind, status, findings, step, cause,
        arrived, due, via, sort_title, words, summary, api_row)
      select copy.id, version, run, section, since - n * interval '1 minute', (array['elife', 'ijm', 'opbr'])[1 + n % 3],
        array[case when rare then 'Rare Subject' else 'Subject ' || n % 20 end], kind, status, findings,
        step, case when cause = '' then '' when n <= 200 then 'Check Package: cause of few' else cause || n % 20 end,
        arrived - n * interval '1 minute', due, via, md5(n::text),
        array_to_tsvector(tsvector_to_array(words) || array[lower(copy.id), 'author' || n % 500, 'title' || n]
          || case when rare then array['rareauthor'] else '{}' end), ${renamed('summary')}, ${renamed('api_row')}
      from ${copies} join ${sql(table)} as original on original.article = template`
  }
  await sql`
    insert into message (message_id, kind, article, sent, body)
    select copy.id || message_id, kind, copy.id, sent, ${renamed('body')}
    from ${copies} join message on message.article = template`
  await sql`
    insert into assignment (article, account, assigned_by)
    select copy.id, 'operator', 'bench' from ${copies} where n <= 50 and n % 20 < 8`
  for (const table of ['article', 'current_run', 'archived_run', 'message', 'assignment'])
    await sql`vacuum analyze ${sql(table)}`
}
