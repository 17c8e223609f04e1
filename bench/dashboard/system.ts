import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { createPollingClients, queueUrl } from '@continuum/aws-resources'
import postgres, { type Sql } from 'postgres'
import { commonSettings, startServices, type Server } from '../services.ts'
import { fillTo } from './fill.ts'
import { templateMessages } from './templates.ts'

const token = 'the-token-of-the-bench'
export const authorization = `Bearer ${token}`

/** A dashboard with its number of articles. */
export interface Dashboard extends Server {
  readonly articles: number
}

const main = 'apps/dashboard/src/main.ts'
const secret = 'a secret of the bench'
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

/** Two dashboards, of few and of many articles: one of each kind came through the queue, the others are copies of those. */
export async function startSystem({ few, many }: { few: number; many: number }) {
  const stack = new AsyncDisposableStack()
  const { databaseUrl, names, start } = await startServices(stack)
  const { sqs } = createPollingClients({ region: settings.AWS_REGION })
  stack.defer(() => sqs.destroy())
  const queue = await queueUrl(sqs, names.queues.events)
  const connect = (url: string) => {
    const sql = postgres(url, { max: 1, connection: { search_path: 'dashboard' }, onnotice: () => undefined })
    stack.defer(() => sql.end({ timeout: 1 }))
    return sql
  }
  const startOne = async (name: string, articles: number): Promise<Dashboard> => {
    await connect(databaseUrl).unsafe(`create database ${name}`)
    const url = Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).href
    const env = { ...commonSettings, ...settings, DATABASE_URL: url }
    const consumer = await start(main, env, 'consumer')
    const sql = connect(url)
    const messages = templateMessages()
    await Promise.all(
      messages.map((message) =>
        sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(message) })),
      ),
    )
    await untilStored(sql, messages.length)
    await consumer.stop()
    await fillTo(sql, articles)
    return { ...(await start(main, env, 'web')), articles }
  }
  const small = await startOne('few', few)
  const large = await startOne('many', many)
  return { few: small, many: large, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

export type System = Awaited<ReturnType<typeof startSystem>>

async function untilStored(sql: Sql, count: number): Promise<void> {
  for (let time = 0; time < 600; time++) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from message`
    if (row?.count === count) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the consumer did not store the messages in time')
}
