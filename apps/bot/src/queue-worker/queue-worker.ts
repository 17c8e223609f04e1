import { journalsOf } from '@continuum/article'
import { consume, queueUrl, type ReceivedMessage } from '@continuum/aws-resources'
import type { StarterMessage } from '@continuum/messages'
import type { Start } from '@continuum/service'
import type { Static } from 'typebox'
import { deadLetterSender } from '../messages/dead-letters.ts'
import { sender } from '../messages/sender.ts'
import { createTellDashboard } from '../messages/tell-dashboard.ts'
import { connectToAws } from '../messages/connect.ts'
import type { QueueWorkerSettings } from '@continuum/settings'
import { routeNotification } from './route.ts'
import { deliveryRules } from './rules.ts'

/**
 * Turns S3's notifications of new objects into messages that start workflows. A record that matches no rule goes to the
 * dead-letter queue, by itself; a notification is deleted when all of its records are on a queue.
 */
export async function runQueueWorker({
  settings,
  logger,
  signal,
  health,
  onClose,
}: Start<Static<typeof QueueWorkerSettings>>) {
  const { names, clients, pollingClients } = connectToAws(settings)
  const { sqs } = clients
  const requestWorkflow = sender<StarterMessage>(sqs, await queueUrl(sqs, names.queues.starter))
  const sendToDeadLetters = deadLetterSender({
    sqs,
    source: names.queues.incoming,
    deadLetterUrl: await queueUrl(sqs, names.deadLetters.incoming),
    tellDashboard: createTellDashboard(sqs, await queueUrl(sqs, names.queues.events)),
  })
  const rules = deliveryRules(names)
  const journals = journalsOf(settings.JOURNALS)

  const handle = async ({ body, messageId }: ReceivedMessage) => {
    for (const routed of routeNotification(body, rules, journals)) {
      if ('start' in routed) {
        await requestWorkflow(routed.start)
        logger.info({ file: routed.start.workflow_data['file_name'] }, 'a package arrived')
      } else {
        await sendToDeadLetters({ ...routed.rejected, messageId })
        logger.warn({ messageId, reason: routed.rejected.reason }, 'a delivery was sent to the dead-letter queue')
      }
    }
    return 'done' as const
  }
  const consumer = consume({
    sqs: pollingClients.sqs,
    queueUrl: await queueUrl(sqs, names.queues.incoming),
    visibilityTimeout: 20,
    waitSeconds: 20,
    concurrency: 10,
    handle,
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  health.addPollers({ name: names.queues.incoming, lastSignOfLife: consumer.lastSignOfLife })
  return {}
}
