import { Type, type Static } from 'typebox'

const Instant = (description: string) => Type.String({ format: 'date-time', description })

/** The answer of `GET /health`: a process and the services that share it. It asks nobody: `/status` does. */
export const ProcessHealth = Type.Object({
  instance: Type.String({ minLength: 1, description: 'drawn at each start of the process' }),
  version: Type.Optional(Type.String({ description: 'of the build, as the environment tells it' })),
  started_at: Instant('when the process started'),
  memory_bytes: Type.Integer({ description: 'resident memory' }),
  cpu_seconds: Type.Number({ description: 'processor time since its start' }),
  services: Type.Array(
    Type.Object({
      name: Type.String(),
      ready: Type.Boolean({ description: 'false while it starts' }),
      pollers: Type.Array(
        Type.Object({
          name: Type.String({ description: 'the queue or task list' }),
          last_sign_of_life: Instant('when it was last heard'),
        }),
      ),
    }),
  ),
})
export type ProcessHealth = Static<typeof ProcessHealth>
