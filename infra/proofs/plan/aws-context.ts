import type { Ground } from '../stand-in/rules/kind.ts'
import { parsed } from '../stand-in/rules/documents.ts'
import { textOf, type Properties } from '../wire/values.ts'

/** Where the resources of a provider are made: its region, and the first account that it allows. */
export function groundOf(provider: Properties, otherwise: Ground): Ground {
  const accounts = parsed(provider['allowedAccountIds'] ?? null)
  const [account] = Array.isArray(accounts) ? accounts.map(textOf) : []
  return { region: textOf(provider['region']) || otherwise.region, account: account ?? otherwise.account }
}
