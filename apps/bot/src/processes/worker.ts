import { journalsOf } from '@continuum/article'
import { createClients, createPollingClients, namesOf, queueUrl } from '@continuum/aws-resources'
import type { DashboardMessage, StarterMessage } from '@continuum/messages'
import { createWorkflowClient, startWorker } from '@continuum/workflow-core'
import type { Start } from '@continuum/service'
import type { Static } from 'typebox'
import { serveHealth } from '../health.ts'
import * as implementations from '../implementations/index.ts'
import { connectLax } from '../services/lax.ts'
import { sender } from '../queues/sender.ts'
import { openScratch } from '../files/scratch.ts'
import type { WorkerSettings } from '../settings.ts'
import { connectSite } from '../services/site.ts'

/** Articles whose figures are converted at once; they share the processors. */
const conversionsAtOnce = 2

/** Does the activities: those of images apart, so that they hold up nothing else. */
export async function runWorker({ settings, logger, onClose }: Start<Static<typeof WorkerSettings>>) {
  const region = settings.AWS_REGION
  const { domain, taskLists, buckets, queues } = namesOf({
    prefix: settings.PREFIX,
    organisation: settings.ORGANISATION,
  })
  const { swf, sqs, s3 } = createClients({ region })
  const executions = createWorkflowClient({ swf, domain, taskList: taskLists.decisions })
  const scratch = await openScratch()
  onClose(() => scratch[Symbol.asyncDispose]())

  const tools = {
    journals: journalsOf(settings.JOURNALS),
    s3,
    buckets,
    lax: connectLax({ url: settings.LAX_URL, token: settings.LAX_TOKEN }),
    site: connectSite({ url: settings.SITE_URL, user: settings.SITE_USER, password: settings.SITE_PASSWORD }),
    tellDashboard: sender<DashboardMessage>(sqs, await queueUrl(sqs, queues.events)),
    askForWorkflow: sender<StarterMessage>(sqs, await queueUrl(sqs, queues.starter)),
    signal: (workflowId: string, name: string, payload: unknown) => executions.signal({ workflowId }, name, payload),
    scratch,
    publicationRules: settings.PUBLICATION_RULES,
    publicationByDelivery: settings.PUBLICATION_BY_DELIVERY,
    cdnUrl: settings.CDN_URL,
  }
  const all = Object.values(implementations).map((implementation) => implementation(tools))
  const polling = createPollingClients({ region })
  const work = (taskList: string, concurrency: number) =>
    startWorker({ swf, pollingSwf: polling.swf, domain, taskList, implementations: all, concurrency, logger })
  const loops = [work(taskLists.activities, settings.WORKER_CONCURRENCY), work(taskLists.images, conversionsAtOnce)]
  onClose(() => Promise.all(loops.map((loop) => loop.stop((settings.STOP_SECONDS - 1) * 1_000))))
  return serveHealth({ name: 'worker', port: settings.HEALTH_PORT, logger, onClose, loops })
}
