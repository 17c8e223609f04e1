import { setTimeout } from 'node:timers/promises'
import { journalsOf } from '@continuum/article'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { consume, createClients, createPollingClients, namesOf, queueUrl } from '@continuum/aws-resources'
import type { DashboardMessage } from '@continuum/messages'
import type { Start } from '@continuum/service'
import { createWorkflowClient } from '@continuum/workflow-core'
import type { Static } from 'typebox'
import { putAside } from '../queues/put-aside.ts'
import { serveHealth } from '../health.ts'
import { sender } from '../queues/sender.ts'
import type { WorkflowStarterSettings } from '../settings.ts'
import { createStarter } from '../starting/starter.ts'

/** Most messages held, nearly all of them waiting for an article that is under way. */
const messagesAtOnce = 500

/** Starts the executions that messages ask for. */
export async function runWorkflowStarter(given: Start<Static<typeof WorkflowStarterSettings>>) {
  const { settings, logger, signal, onClose } = given
  const region = settings.AWS_REGION
  const names = namesOf({ prefix: settings.PREFIX, organisation: settings.ORGANISATION })
  const { sqs, swf } = createClients({ region })
  const starterUrl = await queueUrl(sqs, names.queues.starter)
  const tellDashboard = sender<DashboardMessage>(sqs, await queueUrl(sqs, names.queues.events))
  const deadLetterUrl = await queueUrl(sqs, names.deadLetters.starter)

  const consumer = consume({
    sqs: createPollingClients({ region }).sqs,
    queueUrl: starterUrl,
    visibilityTimeout: 20,
    waitSeconds: 20,
    concurrency: messagesAtOnce,
    handle: createStarter({
      executions: createWorkflowClient({ swf, domain: names.domain, taskList: names.taskLists.decisions }),
      journals: journalsOf(settings.JOURNALS),
      tellDashboard,
      putAside: putAside({ sqs, source: names.queues.starter, deadLetterUrl, tellDashboard }),
      sendAgain: async (body) => {
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
  return serveHealth({ name: 'workflow-starter', port: settings.HEALTH_PORT, logger, onClose, loops: [consumer] })
}
