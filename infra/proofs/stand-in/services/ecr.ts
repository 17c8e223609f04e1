import { matches, oneOf, type Kinds } from '../rules/kind.ts'

const name = (property: string) =>
  matches(
    property,
    /^(?=.{2,256}$)[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
    '2 to 256 of a-z, 0-9 and, between them, . _ - /',
  )

export const ecr = {
  'aws:ecr/repository:Repository': {
    named: 'name',
    replaces: ['name', 'encryptionConfigurations'],
    rules: [name('name'), oneOf('imageTagMutability', 'MUTABLE', 'IMMUTABLE')],
    made: ({ text, arn: of, context }) => ({
      id: text('name'),
      arn: of('ecr', `repository/${text('name')}`),
      repositoryUrl: `${context.account}.dkr.ecr.${context.region}.amazonaws.com/${text('name')}`,
      registryId: context.account,
    }),
  },
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': {
    replaces: ['repository', 'policy'],
    rules: [name('repository')],
    made: ({ text }) => ({ id: text('repository'), registryId: '' }),
  },
} satisfies Kinds
