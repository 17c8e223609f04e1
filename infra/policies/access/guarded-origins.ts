import { isA, notYetKnown, textOf, type Checked, type Policy } from '../model/policy.ts'

/** A load balancer behind CloudFront is reached through it alone: else its rules and its log could be gone around. */
export const guardedOrigins: Policy = {
  name: 'guarded-origins',
  description: 'A load balancer behind CloudFront answers only who has the secret header of that distribution.',
  together(resources) {
    const listeners = resources.filter((each) => isA(each, 'lb/listener:Listener'))
    const rules = resources.filter((each) => isA(each, 'lb/listenerRule:ListenerRule'))
    return resources
      .filter((each) => isA(each, 'cloudfront/distribution:Distribution'))
      .flatMap((of) => loadBalancersOf(of).map((origin) => ({ of, ...origin })))
      .flatMap(({ of, headers, port }) => {
        if (headers.length === 0)
          return [{ of, message: 'sends its load balancer no secret: give the origin a header of customHeaders' }]
        const open = listeners.filter((each) => each.props['port'] === port && !onlyRefuses(each))
        const asked = listeners.filter((each) => each.props['port'] === port).map(({ id }) => id)
        const unguarded = rules.filter(
          (each) => asked.includes(textOf(each.props['listenerArn'])) && !wants(each, headers),
        )
        const message = `answers who does not come from CloudFront: demand its header ${headers.join(', ')} (httpHeader)`
        return [...open, ...unguarded].map((each) => ({ of: each, message }))
      })
  },
}

/** The origins of a distribution that are no buckets: the names of the headers that it adds, and the port. */
function loadBalancersOf({ props }: Checked): { headers: string[]; port: unknown }[] {
  const origins: unknown[] = props['origins'] === notYetKnown ? [] : [props['origins'] ?? []].flat()
  return origins.flatMap((origin) => {
    const { customOriginConfig, customHeaders } = Object(origin)
    if (customOriginConfig === undefined) return []
    const headers = [customHeaders ?? []].flat().map((header: unknown) => textOf(Object(header).name))
    return [{ headers, port: Object(customOriginConfig).httpsPort }]
  })
}

function onlyRefuses({ props }: Checked): boolean {
  const actions: unknown[] = [props['defaultActions'] ?? []].flat()
  return actions.every((action) => Object(action).type === 'fixed-response')
}

function wants({ props }: Checked, headers: readonly string[]): boolean {
  const conditions: unknown[] = [props['conditions'] ?? []].flat()
  return conditions.some((condition) => headers.includes(textOf(Object(Object(condition).httpHeader).httpHeaderName)))
}
