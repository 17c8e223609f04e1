import { acm, route53 } from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'

export interface CertificateArgs {
  /** At least one. */
  hosts: readonly string[]
  /** The hosted zone of all hosts. */
  zoneId: Input<string>
}

/** A certificate, which AWS renews automatically as long as its validation records exist. */
export class Certificate extends ComponentResource {
  /** The ARN of the certificate, known once it is valid. */
  readonly arn: Output<string>

  constructor(name: string, args: CertificateArgs, options?: ComponentResourceOptions) {
    super('continuum:entrance:Certificate', name, {}, options)
    const child = { parent: this }
    const [domainName, ...subjectAlternativeNames] = args.hosts
    if (domainName === undefined) throw new Error(`The certificate ${name} needs at least one host`)
    const certificate = new acm.Certificate(
      name,
      { domainName, subjectAlternativeNames, validationMethod: 'DNS' },
      child,
    )
    const proofs = args.hosts.map((host) => {
      const wanted = certificate.domainValidationOptions.apply((all) => {
        const found = all.find((each) => each.domainName === host)
        if (!found) throw new Error(`AWS returned no validation record for ${host}`)
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
          // All certificates of a host share one validation record.
          allowOverwrite: true,
        },
        // Another certificate may need it when this one goes.
        { ...child, retainOnDelete: true },
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
