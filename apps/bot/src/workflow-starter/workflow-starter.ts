import { setTimeout } from 'node:timers/promises'
import { journalsOf } from '@continuum/article'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { consume, queueUrl } from '@continuum/aws-resources'
import { connectDatabase, type Start } from '@continuum/service'
import { createWorkflowClient } from '@continuum/workflow-core'
import type { Static } from 'typebox'
import { deadLetterSender } from '../messages/dead-letters.ts'
import { createTellDashboard } from '../messages/tell-dashboard.ts'
import { connectToAws } from '../messages/connect.ts'
import type { WorkflowStarterSettings } from '@continuum/settings'
import { createPackagesBefore } from './packages-before.ts'
import { createStarter } from './starter.ts'
import { createStarts } from './starts.ts'

/** Messages held at a time, nearly all of them waiting for an article that is being processed. */
const maxMessages = 500

/** The intervals at which the store is told of the messages that are held, and cleared of what nobody asks for. */
const holdMilliseconds = 60_000
const tidyMilliseconds = 3_600_000

/** Starts the executions that messages request. */
export async function runWorkflowStarter(options: Start<Static<typeof WorkflowStarterSettings>>) {
  const { settings, logger, signal, health, onClose } = options
  const { names, clients, pollingClients } = connectToAws(settings)
  const { s3, sqs, swf } = clients
  const sql = await connectDatabase({
    url: settings.DATABASE_URL,
    passwordSecret: settings.DATABASE_PASSWORD_SECRET,
    schema: 'starter',
    migrations: new URL('./migrations/', import.meta.url),
    logger,
    max: 5,
  })
  onClose(() => sql.end({ timeout: 5 }))
  const starts = createStarts(sql)
  const journals = journalsOf(settings.JOURNALS)
  const repeat = (milliseconds: number, what: string, work: () => Promise<void>) => {
    const timer = setInterval(() => {
      work().catch((error: unknown) => logger.warn({ err: error }, `${what} failed; it will be tried again`))
    }, milliseconds)
    onClose(() => clearInterval(timer))
  }
  repeat(holdMilliseconds, 'Holding the starts', () => starts.hold())
  repeat(tidyMilliseconds, 'Tidying the starts', () => starts.tidy())
  const starterUrl = await queueUrl(sqs, names.queues.starter)
  const tellDashboard = createTellDashboard(sqs, await queueUrl(sqs, names.queues.events))
  const deadLetterUrl = await queueUrl(sqs, names.deadLetters.starter)

  const consumer = consume({
    sqs: pollingClients.sqs,
    queueUrl: starterUrl,
    visibilityTimeout: 20,
    waitSeconds: 20,
    concurrency: maxMessages,
    handle: createStarter({
      starts,
      executions: createWorkflowClient({ swf, domain: names.domain, taskList: names.taskLists.decisions }),
      packagesBefore: createPackagesBefore(s3, names.buckets.production, journals),
      journals,
      tellDashboard,
      sendToDeadLetters: deadLetterSender({ sqs, source: names.queues.starter, deadLetterUrl, tellDashboard }),
      requeue: async (body) => {
        await sqs.send(new SendMessageCommand({ QueueUrl: starterUrl, MessageBody: body }))
      },
      pause: async (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
      signal,
      logger,
    }),
    ready: async () => void (await sql`select 1`),
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  health.addPollers({ name: names.queues.starter, lastSignOfLife: consumer.lastSignOfLife })
  return {}
}
