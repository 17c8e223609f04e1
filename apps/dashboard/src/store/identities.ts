import type { ISql } from 'postgres'

/** A person as an OpenID Connect provider knows them. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
}

/** Finds the name of the account of an identity. */
export async function accountOfIdentity(sql: ISql, { issuer, subject }: Identity): Promise<string | undefined> {
  const [row] = await sql<{ account: string }[]>`
    select account from account_identity where issuer = ${issuer} and subject = ${subject}`
  return row?.account
}

/**
 * Gives an identity to the account that has an address, and returns the name of the account. An account that has an identity
 * of this provider gets no second one: an address that somebody else has now is not enough.
 */
export async function bindIdentity(
  sql: ISql,
  { issuer, subject }: Identity,
  email: string,
): Promise<string | undefined> {
  const [row] = await sql<{ account: string }[]>`
    insert into account_identity (issuer, subject, account)
    select ${issuer}, ${subject}, name from account
    where lower(email) = lower(${email}) and disabled_at is null
      and not exists (select from account_identity where account = name and issuer = ${issuer})
    on conflict do nothing returning account`
  return row?.account
}
