import { Type, type Static } from 'typebox'
import { namesOf, type Names } from './names.ts'

/** The settings that name a process's environment. Spread them into its settings schema; `namesFor` takes them. */
export const EnvironmentSettings = {
  ENVIRONMENT: Type.String({
    default: 'local',
    minLength: 1,
    description: 'the name of the environment, such as local',
  }),
  PREFIX: Type.String({
    default: 'local-',
    pattern: '^([a-z0-9]+-)*$',
    description: 'the beginning of all bucket and queue names, including its hyphen; empty in production',
  }),
  ORGANISATION: Type.String({
    default: 'continuum',
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    description: 'the word in the names of the buckets, such as elife in elife-publishing-cdn',
  }),
  BUCKET_SUFFIX: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
      description: 'the end of all bucket names, such as the account; absent: they have none',
    }),
  ),
  AWS_REGION: Type.String({ default: 'us-east-1', minLength: 1, description: 'the AWS region' }),
}

const Naming = Type.Pick(Type.Object(EnvironmentSettings), ['PREFIX', 'ORGANISATION', 'BUCKET_SUFFIX'])

/** Derives the names of an environment's resources from the settings of a process. */
export function namesFor(settings: Static<typeof Naming>): Names {
  const { PREFIX: prefix, ORGANISATION: organisation, BUCKET_SUFFIX: bucketSuffix } = settings
  return namesOf({ prefix, organisation, ...(bucketSuffix !== undefined && { bucketSuffix }) })
}
