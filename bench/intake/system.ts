import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { queueUrl } from '@continuum/aws-resources'
import postgres, { type Sql } from 'postgres'
import { commonSettings, startServices, type Server } from '../services.ts'

const token = 'the-token-of-the-bench'
const secret = 'a secret of the bench'

/** A dashboard with a database of its own. */
export interface Dashboard extends Server {
  readonly sql: Sql
}

const settings = {
  SITE_URL: 'http://site.test',
  PREVIEW_BASE_URL: 'http://site.test/',
  PREVIEW_SECRET: secret,
  SIGN_IN_SECRET: secret,
  SESSION_SECRET: secret,
  DASHBOARD_TOKEN: token,
  LAX_URL: 'http://127.0.0.1:9',
  DEPOSITS_URL: 'http://127.0.0.1:9',
  DEPOSITS_TOKEN: token,
  ENVIRONMENT: 'local',
  AWS_REGION: 'us-east-1',
}

export const authorization = `Bearer ${token}`

/** Starts what the dashboards of the bench run on; one runs at a time, since they share the queue. */
export async function startSystem() {
  const stack = new AsyncDisposableStack()
  const { databaseUrl, names, start } = await startServices(stack)
  const sqs = new SQSClient({ region: settings.AWS_REGION })
  stack.defer(() => sqs.destroy())
  const QueueUrl = await queueUrl(sqs, names.queues.events)
  const connect = (url: string) => {
    const sql = postgres(url, { max: 1, connection: { search_path: 'dashboard' }, onnotice: () => undefined })
    stack.defer(() => sql.end({ timeout: 1 }))
    return sql
  }

  return {
    /** Starts a dashboard as it runs by default, web and consumer in one process, with an empty database. */
    startDashboard: async (name: string, env: Record<string, string> = {}): Promise<Dashboard> => {
      await connect(databaseUrl).unsafe(`create database ${name}`)
      const url = Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).href
      const server = await start('apps/dashboard/src/main.ts', {
        ...commonSettings,
        ...settings,
        DATABASE_URL: url,
        ...env,
      })
      return { ...server, sql: connect(url) }
    },

    /** Sends messages to the queue of events, ten a call and several calls at once. */
    send: async (messages: readonly object[]): Promise<void> => {
      const calls = Array.from({ length: Math.ceil(messages.length / 10) }, (_, call) =>
        messages.slice(call * 10, call * 10 + 10),
      ).values()
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          for (const ten of calls) {
            const Entries = ten.map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) }))
            const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
            if (Failed.length > 0) throw new Error(`${Failed.length} messages were not taken by the queue`)
          }
        }),
      )
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type System = Awaited<ReturnType<typeof startSystem>>
