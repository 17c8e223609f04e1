import { Type } from 'typebox'

/** The settings of an HTTP server. Spread them into the schema of a service's settings. */
export const HttpSettings = {
  HOST: Type.String({ default: '127.0.0.1', description: 'the address to listen on' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, description: 'the port to listen on; 0 takes any free one' }),
  TRUSTED_PROXIES: Type.Optional(
    Type.Array(Type.String({ pattern: '^[0-9a-fA-F.:]+(/\\d{1,3})?$' }), {
      minItems: 1,
      description: 'addresses of trusted proxies, such as 10.0.192.0/20: their x-forwarded-* headers are trusted',
    }),
  ),
}

/** The settings of a database connection. */
export const DatabaseSettings = {
  DATABASE_URL: Type.String({
    pattern: '^postgres(ql)?://',
    description: 'the PostgreSQL to use, as postgres://user:password@host:port/database',
  }),
  DATABASE_PASSWORD_SECRET: Type.Optional(
    Type.String({
      pattern: '^arn:[^:]+:secretsmanager:',
      description:
        'the ARN of the Secrets Manager secret that holds the password, as JSON with `password`, or with another key as ARN:KEY::; each new connection reads it again',
    }),
  ),
}

/** The settings of every process that `runServices` runs. */
export const ProcessSettings = {
  LOG_LEVEL: Type.Union(
    [
      Type.Literal('trace'),
      Type.Literal('debug'),
      Type.Literal('info'),
      Type.Literal('warn'),
      Type.Literal('error'),
      Type.Literal('silent'),
    ],
    { default: 'info' },
  ),
  HEALTH_HOST: Type.String({ default: '127.0.0.1', description: 'the address at which /health and /metrics listen' }),
  HEALTH_PORT: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 65535,
    description: 'the port of /health and /metrics, which nothing may route to from outside; 0 takes any free one',
  }),
  CONTINUUM_VERSION: Type.Optional(
    Type.String({ minLength: 1, description: 'the version of the build, such as the tag of its image' }),
  ),
  STOP_WITH_PARENT: Type.Boolean({ default: false, description: 'stop when standard input ends' }),
  STOP_SECONDS: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 600,
    description: 'how long work in progress may take to finish after the request to stop',
  }),
}
