import { isA, notYetKnown, textOf, type Policy } from '../model/policy.ts'

/** A web ACL costs money: one that is before nothing, limits nobody or says nothing of it is paid for in vain. */
export const firewalls: Policy = {
  name: 'firewalls',
  description: 'Every web ACL limits rates, is before something, and logs without cookies, passwords and queries.',
  alone(resource) {
    if (!isA(resource, 'wafv2/webAcl:WebAcl') || resource.props['rules'] === notYetKnown) return []
    const rules: unknown[] = [resource.props['rules'] ?? []].flat()
    const limits = rules.some((rule) => Object(Object(rule).statement).rateBasedStatement !== undefined)
    return limits ? [] : ['limits no rate: give it a rule with a rateBasedStatement']
  },
  together(resources) {
    const of = (type: string) => resources.filter((each) => isA(each, type))
    const placed = [
      ...of('wafv2/webAclAssociation:WebAclAssociation').map(({ props }) => props['webAclArn']),
      ...of('cloudfront/distribution:Distribution').map(({ props }) => props['webAclId']),
    ].map(textOf)
    const logging = of('wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration')
    const logged = logging.map(({ props }) => textOf(props['resourceArn']))
    const bare = logging.filter(({ props }) => {
      const hidden = JSON.stringify(props['redactedFields'] ?? [])
      return !['"cookie"', '"authorization"', '"queryString"'].every((field) => hidden.includes(field))
    })
    const lacking = (arns: readonly string[], message: string) =>
      arns.includes(notYetKnown)
        ? []
        : of('wafv2/webAcl:WebAcl')
            .filter(({ props }) => !arns.some((arn) => arn.includes(`/webacl/${textOf(props['name'])}/`)))
            .map((each) => ({ of: each, message }))
    return [
      ...lacking(placed, 'is before nothing: associate it, or name it in a distribution'),
      ...lacking(logged, 'logs nothing: give it a WebAclLoggingConfiguration'),
      ...bare.map((each) => ({ of: each, message: 'logs secrets: redact cookie, authorization and the query string' })),
    ]
  },
}
