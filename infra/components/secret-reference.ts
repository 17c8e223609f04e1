/**
 * A secret as ECS and our processes are told of it: the ARN, followed by `:KEY::` where the secret is JSON and only the text at that key
 * is meant.
 */
export const atKey = (arn: string, key: string): string => `${arn}:${key}::`

/** The reference to the version of a secret that has a label. */
export const atStage = (arn: string, label: string): string => `${arn}::${label}:`

/** The reference to a database password: RDS and we keep it at `password`, unless the reference says another key. */
export const passwordAt = (reference: string): string =>
  reference.endsWith('::') ? reference : atKey(reference, 'password')

/** The ARN of a reference, for policies: they know no keys and no labels. */
export const arnIn = (reference: string): string => reference.split(':', 7).join(':')
