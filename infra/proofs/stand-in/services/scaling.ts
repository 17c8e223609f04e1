import { isObject } from '../../wire/values.ts'
import { arn } from '../rules/documents.ts'
import { between, matches, oneOf, type Kinds } from '../rules/kind.ts'

const resource = matches('resourceId', /^service\/[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/, 'service/<cluster>/<service>')
const shared = [
  resource,
  oneOf('serviceNamespace', 'ecs', 'rds'),
  matches('scalableDimension', /^[a-z]+:[a-z-]+:[A-Za-z]+$/, 'ecs:service:DesiredCount'),
]

export const scaling = {
  'aws:appautoscaling/target:Target': {
    replaces: ['resourceId', 'scalableDimension', 'serviceNamespace'],
    rules: [
      ...shared,
      arn('roleArn'),
      between('maxCapacity', 0, 5000),
      {
        property: 'minCapacity',
        holds: (value, { maxCapacity }) => Number(value) >= 0 && Number(value) <= Number(maxCapacity),
        says: '0 to maxCapacity',
      },
    ],
    made: ({ text, arn: of, digits }) => ({
      id: text('resourceId'),
      arn: of('application-autoscaling', `scalable-target/${digits.slice(0, 32)}`),
    }),
  },
  'aws:appautoscaling/policy:Policy': {
    named: 'name',
    replaces: ['name', 'resourceId', 'scalableDimension', 'serviceNamespace'],
    rules: [
      ...shared,
      matches('name', /^.{1,256}$/, '1 to 256 characters'),
      oneOf('policyType', 'TargetTrackingScaling', 'StepScaling', 'PredictiveScaling'),
      {
        property: 'policyType',
        holds: (value, { targetTrackingScalingPolicyConfiguration, stepScalingPolicyConfiguration }) =>
          isObject(value === 'StepScaling' ? stepScalingPolicyConfiguration : targetTrackingScalingPolicyConfiguration),
        says: 'the type whose configuration is given',
      },
    ],
    made: ({ text, arn: of, digits }) => ({
      id: text('name'),
      arn: of(
        'autoscaling',
        `scalingPolicy:${digits.slice(0, 32)}:resource/ecs/${text('resourceId')}:policyName/${text('name')}`,
      ),
    }),
  },
} satisfies Kinds
