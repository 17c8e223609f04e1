import { setTimeout } from 'node:timers/promises'
import { journalsOf } from '@continuum/article'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { consume, queueUrl } from '@continuum/aws-resources'
import type { Start } from '@continuum/service'
import { createWorkflowClient } from '@continuum/workflow-core'
import type { Static } from 'typebox'
import { deadLetterSender } from '../messages/dead-letters.ts'
import { createTellDashboard } from '../messages/tell-dashboard.ts'
import { connectToAws } from '../process/connect.ts'
import { serveHealth } from '../process/health.ts'
import type { WorkflowStarterSettings } from '@continuum/settings'
import { createStarter } from './starter.ts'

/** Messages held at a time, nearly all of them waiting for an article that is being processed. */
const maxMessages = 500

/** Starts the executions that messages request. */
export async function runWorkflowStarter(options: Start<Static<typeof WorkflowStarterSettings>>) {
  const { settings, logger, signal, onClose } = options
  const { names, clients, pollingClients } = connectToAws(settings)
  const { sqs, swf } = clients
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
      executions: createWorkflowClient({ swf, domain: names.domain, taskList: names.taskLists.decisions }),
      journals: journalsOf(settings.JOURNALS),
      tellDashboard,
      sendToDeadLetters: deadLetterSender({ sqs, source: names.queues.starter, deadLetterUrl, tellDashboard }),
      requeue: async (body) => {
        await sqs.send(new SendMessageCommand({ QueueUrl: starterUrl, MessageBody: body }))
      },
      pause: async (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
      signal,
      logger,
    }),
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  return serveHealth({ name: 'workflow-starter', port: settings.HEALTH_PORT, logger, onClose, pollers: [consumer] })
}
