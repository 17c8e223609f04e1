import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { apiRoute } from '../http/replies.ts'
import { processOverview } from '../processes/process-overview.ts'

const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description })
const Instant = Type.String({ format: 'date-time' })

const Task = Type.Object({
  state: Type.Enum(['running', 'starting', 'gone', 'absent'], {
    description: 'absent: nothing was heard of it within a day',
  }),
  version: Nullable(Type.String(), 'of the build that it runs'),
  started_at: Nullable(Instant, 'when it started'),
  last_sign_of_life: Nullable(Instant, 'when it last answered: if it is gone, since then'),
  memory_bytes: Nullable(Type.Number(), 'resident memory'),
  cpu_share: Nullable(Type.Number(), 'the share of a processor between the last two looks'),
  shares_with: Nullable(Type.String(), 'the process with which it shares memory and processor time'),
  pollers: Type.Array(
    Type.Object({
      name: Type.String({ description: 'the queue or task list' }),
      last_sign_of_life: Type.String({ format: 'date-time', description: 'when it was last heard' }),
    }),
  ),
})

const schema = {
  ...apiRoute.contract,
  operationId: 'listProcesses',
  summary: 'List the processes of the environment: what runs, since when, in which version, and what is gone',
  response: {
    200: {
      description: 'The processes as the consumer last saw them.',
      content: {
        'application/json': {
          schema: Type.Object({
            looked_at: Nullable(Instant, 'the time of the last look; null before the first'),
            processes: Type.Array(
              Type.Object({
                name: Type.String(),
                restarts: Type.Integer({ description: 'within a day' }),
                tasks: Type.Array(Task, {
                  description: 'those that run, then those that are gone for less than a day',
                }),
              }),
            ),
          }),
        },
      },
    },
    ...apiRoute.replies,
  },
}

/** Registers the list of the processes. */
export function processesRoute(app: App, { sql, settings }: WebContext): void {
  app.get('/api/processes', { schema, config: { role: 'reader' } }, async (_, reply) => {
    const { lookedAt, processes } = await processOverview(sql, settings)
    return reply.send({
      looked_at: lookedAt,
      processes: processes.map(({ name, restarts, tasks }) => ({
        name,
        restarts,
        tasks: tasks.map((task) => ({
          state: task.state,
          version: task.version,
          started_at: task.startedAt,
          last_sign_of_life: task.lastSeen,
          memory_bytes: task.memoryBytes,
          cpu_share: task.cpuShare,
          shares_with: task.sharesWith,
          pollers: task.pollers.map((poller) => ({ name: poller.name, last_sign_of_life: poller.lastSignOfLife })),
        })),
      })),
    })
  })
}
