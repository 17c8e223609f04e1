import type { Input } from '@pulumi/pulumi'

/** The certificate of a distribution with a host name of its own. */
export function ownCertificate(acmCertificateArn: Input<string>) {
  return { acmCertificateArn, sslSupportMethod: 'sni-only', minimumProtocolVersion: 'TLSv1.2_2021' }
}
