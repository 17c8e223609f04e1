import { Type } from 'typebox'

/** The settings that name a process's environment. Spread them into its settings schema; `namesOf` takes them. */
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
  AWS_REGION: Type.String({ default: 'us-east-1', minLength: 1, description: 'the AWS region' }),
}
