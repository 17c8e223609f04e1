import { isA, notYetKnown, parsed, type Policy } from '../model/policy.ts'

/** The services that deliver logs into buckets. */
const deliverers = [
  'logdelivery.elasticloadbalancing.amazonaws.com',
  'logging.s3.amazonaws.com',
  'delivery.logs.amazonaws.com',
]

/** A service acts for whoever asks it to: without a condition it would write the logs of another account into our bucket. */
export const logWriters: Policy = {
  name: 'log-writers',
  description: "A bucket lets in a service of AWS on behalf of the account's own resources only (aws:SourceArn).",
  alone(resource) {
    if (!isA(resource, 's3/bucketPolicy:BucketPolicy') || resource.props['policy'] === notYetKnown) return []
    const statements: unknown[] = [parsed(resource.props['policy'])['Statement'] ?? []].flat()
    return statements.flatMap((statement) => {
      const { Effect, Principal, Action, Condition, Sid = 'a statement' } = Object(statement)
      const services = [Object(Principal).Service ?? []].flat().map(String)
      if (Effect !== 'Allow' || services.length === 0) return []
      const writes = [Action ?? []].flat().some((action: unknown) => action === 's3:PutObject')
      const stranger = services.find((service) => writes && !deliverers.includes(service))
      return [
        ...(/"aws:SourceArn"/i.test(JSON.stringify(Condition ?? {}))
          ? []
          : [`admits ${services.join(', ')} for whomever (${Sid}): set the condition aws:SourceArn`]),
        ...(stranger === undefined ? [] : [`lets ${stranger} write, which delivers no logs (${Sid})`]),
      ]
    })
  },
}
