import type { ISql } from 'postgres'

/** Finds the name of the account that takes care of an article. */
export async function assigneeOf(sql: ISql, article: string): Promise<string | undefined> {
  const [row] = await sql<{ account: string }[]>`select account from assignment where article = ${article}`
  return row?.account
}

/**
 * Assigns an article to an account, or with undefined to nobody. Returns false where that changes nothing: it is so already,
 * or nobody of that name can sign in.
 */
export async function assignArticle(
  sql: ISql,
  article: string,
  account: string | undefined,
  by: string,
): Promise<boolean> {
  const { count } =
    account === undefined
      ? await sql`delete from assignment where article = ${article}`
      : await sql`
          insert into assignment (article, account, assigned_by)
          select ${article}, name, ${by} from account where name = ${account} and disabled_at is null
          on conflict (article) do update
            set account = excluded.account, assigned_by = excluded.assigned_by, assigned_at = clock_timestamp()
            where assignment.account <> excluded.account`
  return count > 0
}

/** Selects the names of those whom an article may be assigned to. */
export async function assignableAccounts(sql: ISql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select name from account where disabled_at is null and role <> 'reader' order by lower(name)`
  return rows.map(({ name }) => name)
}
