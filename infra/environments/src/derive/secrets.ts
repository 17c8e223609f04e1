/** The secrets that an environment has, each drawn once and kept apart from its settings. */
export const secretNames = [
  'lax-token',
  'site-password',
  'preview-secret',
  'sign-in-secret',
  'session-secret',
  'dashboard-token',
] as const
export type SecretName = (typeof secretNames)[number]

/** The settings of services that are secrets: a process gets the secret's value in the variable, never its name. */
export const secretOfVariable = {
  LAX_TOKEN: 'lax-token',
  SITE_PASSWORD: 'site-password',
  PREVIEW_SECRET: 'preview-secret',
  SIGN_IN_SECRET: 'sign-in-secret',
  SESSION_SECRET: 'session-secret',
  DASHBOARD_TOKEN: 'dashboard-token',
} as const satisfies Record<string, SecretName>
