/** The parts of an environment that requests of readers meet first. */
import { Type } from 'typebox'

/** CloudFront before the CDN bucket, and before the journal. */
export const Cdn = Type.Object({
  journal: Type.Boolean({
    description: 'true if CloudFront is in front of the journal too, which nobody reaches otherwise; needs a domain',
  }),
  priceClass: Type.Union([
    Type.Literal('PriceClass_100'),
    Type.Literal('PriceClass_200'),
    Type.Literal('PriceClass_All'),
  ]),
})

const Rate = (description: string) => Type.Integer({ minimum: 10, maximum: 2_000_000_000, description })

/** The rules of AWS WAF. */
export const Waf = Type.Object({
  signInRequests: Rate('requests of one address to the sign-in pages in five minutes, before it is refused'),
  apiRequests: Rate('requests of one address to the APIs in five minutes, before it is refused'),
  commonRules: Type.Union([Type.Literal('count'), Type.Literal('block')], {
    description: "whether AWS's common rules only count what they find, or refuse it",
  }),
})
