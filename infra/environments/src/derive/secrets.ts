/** The secrets of an environment, generated once and kept apart from its settings. */
export const secretNames = [
  'lax-token',
  'site-password',
  'preview-secret',
  'sign-in-secret',
  'session-secret',
  'dashboard-token',
  'metrics-token',
  'counter-key',
] as const
export type SecretName = (typeof secretNames)[number]

/** The secret settings: the process gets the value of the secret in the variable. */
export const secretOfVariable = {
  LAX_TOKEN: 'lax-token',
  SITE_PASSWORD: 'site-password',
  PREVIEW_SECRET: 'preview-secret',
  SIGN_IN_SECRET: 'sign-in-secret',
  SESSION_SECRET: 'session-secret',
  DASHBOARD_TOKEN: 'dashboard-token',
  METRICS_TOKEN: 'metrics-token',
  COUNTER_API_KEY: 'counter-key',
} as const satisfies Record<string, SecretName>
