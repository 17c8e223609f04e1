import { matches, type Kinds } from '../rules/kind.ts'

/** CloudTrail and GuardDuty, which watch an account. */
export const audit = {
  'aws:cloudtrail/trail:Trail': {
    named: 'name',
    replaces: ['name'],
    rules: [
      matches('name', /^[a-zA-Z0-9][\w.-]{1,126}[a-zA-Z0-9]$/, '3 to 128 of letters, digits and ._-'),
      matches('s3BucketName', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket's name"),
    ],
    made: ({ text, arn: of, context }) => {
      const id = of('cloudtrail', `trail/${text('name')}`)
      return { id, arn: id, homeRegion: context.region }
    },
  },
  'aws:guardduty/detector:Detector': {
    replaces: [],
    rules: [],
    made: ({ arn: of, digits, context }) => ({
      id: digits.slice(0, 32),
      arn: of('guardduty', `detector/${digits.slice(0, 32)}`),
      accountId: context.account,
    }),
  },
} satisfies Kinds
