import type { AwsContext } from '../stand-in/rules/kind.ts'
import { parsed } from '../stand-in/rules/documents.ts'
import { textOf, type Properties } from '../wire/values.ts'

/** The context of a provider's resources: its region, and the first account that it allows. */
export function contextOf(provider: Properties, otherwise: AwsContext): AwsContext {
  const accounts = parsed(provider['allowedAccountIds'] ?? null)
  const [account] = Array.isArray(accounts) ? accounts.map(textOf) : []
  return {
    ...otherwise,
    region: textOf(provider['region']) || otherwise.region,
    account: account ?? otherwise.account,
  }
}
