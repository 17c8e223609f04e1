import { acm, route53 } from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'

export interface CertificateArgs {
  /** One at least. */
  hosts: readonly string[]
  /** The hosted zone that all of them are in. */
  zoneId: Input<string>
}

/** A certificate for some hosts, which AWS renews by itself as long as the records stay that prove whose they are. */
export class Certificate extends ComponentResource {
  /** Of the certificate once it is valid. */
  readonly arn: Output<string>

  constructor(name: string, args: CertificateArgs, options?: ComponentResourceOptions) {
    super('continuum:entrance:Certificate', name, {}, options)
    const child = { parent: this }
    const [domainName, ...subjectAlternativeNames] = args.hosts
    if (domainName === undefined) throw new Error(`The certificate ${name} is for no host`)
    const certificate = new acm.Certificate(
      name,
      { domainName, subjectAlternativeNames, validationMethod: 'DNS' },
      child,
    )
    const proofs = args.hosts.map((host) => {
      const wanted = certificate.domainValidationOptions.apply((all) => {
        const found = all.find((each) => each.domainName === host)
        if (!found) throw new Error(`AWS does not say how to prove that ${host} is ours`)
        return found
      })
      return new route53.Record(
        `${name}-${host}`,
        {
          zoneId: args.zoneId,
          name: wanted.resourceRecordName,
          type: wanted.resourceRecordType,
          records: [wanted.resourceRecordValue],
          ttl: 300,
          // AWS asks for the same record for each certificate of a host.
          allowOverwrite: true,
        },
        child,
      )
    })
    const valid = new acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: proofs.map(({ fqdn }) => fqdn) },
      child,
    )
    this.arn = valid.certificateArn
    this.registerOutputs({ arn: this.arn })
  }
}
