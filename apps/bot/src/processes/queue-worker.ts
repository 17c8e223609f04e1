import { journalsOf } from '@continuum/article'
import {
  consume,
  createClients,
  createPollingClients,
  namesOf,
  queueUrl,
  type ReceivedMessage,
} from '@continuum/aws-resources'
import type { DashboardMessage, StarterMessage } from '@continuum/messages'
import type { Start } from '@continuum/service'
import type { Static } from 'typebox'
import { putAside } from '../queues/put-aside.ts'
import { routeMessage } from '../delivery/route.ts'
import { deliveryRules } from '../delivery/rules.ts'
import { serveHealth } from '../health.ts'
import { sender } from '../queues/sender.ts'
import type { QueueWorkerSettings } from '../settings.ts'

/**
 * Turns what S3 says of new objects into messages that start workflows. What it cannot match is put aside, record by
 * record; a message is done when all of its records are on their way.
 */
export async function runQueueWorker({ settings, logger, signal, onClose }: Start<Static<typeof QueueWorkerSettings>>) {
  const region = settings.AWS_REGION
  const names = namesOf({ prefix: settings.PREFIX, organisation: settings.ORGANISATION })
  const { sqs } = createClients({ region })
  const askForWorkflow = sender<StarterMessage>(sqs, await queueUrl(sqs, names.queues.starter))
  const aside = putAside({
    sqs,
    source: names.queues.incoming,
    deadLetterUrl: await queueUrl(sqs, names.deadLetters.incoming),
    tellDashboard: sender<DashboardMessage>(sqs, await queueUrl(sqs, names.queues.events)),
  })
  const rules = deliveryRules(names)
  const journals = journalsOf(settings.JOURNALS)

  const handle = async ({ body, messageId }: ReceivedMessage) => {
    for (const routed of routeMessage(body, rules, journals)) {
      if ('start' in routed) {
        await askForWorkflow(routed.start)
        logger.info({ file: routed.start.workflow_data['file_name'] }, 'a package arrived')
      } else {
        await aside({ ...routed.refused, messageId })
        logger.warn({ messageId, reason: routed.refused.reason }, 'a delivery was put aside')
      }
    }
    return 'done' as const
  }
  const consumer = consume({
    sqs: createPollingClients({ region }).sqs,
    queueUrl: await queueUrl(sqs, names.queues.incoming),
    visibilityTimeout: 20,
    waitSeconds: 20,
    concurrency: 10,
    handle,
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  return serveHealth({ name: 'queue-worker', port: settings.HEALTH_PORT, logger, onClose, loops: [consumer] })
}
