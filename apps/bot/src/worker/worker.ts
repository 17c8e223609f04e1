import { journalsOf } from '@continuum/article'
import { queueUrl } from '@continuum/aws-resources'
import type { StarterMessage } from '@continuum/messages'
import { createWorkflowClient, startWorker } from '@continuum/workflow-core'
import type { Start } from '@continuum/service'
import type { Static } from 'typebox'
import { sender } from '../messages/sender.ts'
import { createTellDashboard } from '../messages/tell-dashboard.ts'
import { connectToAws } from '../messages/connect.ts'
import type { WorkerSettings } from '@continuum/settings'
import { openScratch } from './files/scratch.ts'
import * as implementations from './implementations/index.ts'
import { connectDeposits } from './services/deposits.ts'
import { connectLax } from './services/lax.ts'
import { connectSite } from './services/site.ts'

/** Articles whose figures are resized at the same time; they share the processors. */
const maxArticlesResized = 2

/** Runs the activities. Those of the images task list have pollers of their own, so that they do not hold up the others. */
export async function runWorker({ settings, logger, health, onClose }: Start<Static<typeof WorkerSettings>>) {
  const { names, clients, pollingClients } = connectToAws(settings)
  const { domain, taskLists, buckets, queues } = names
  const { swf, sqs, s3 } = clients
  const executions = createWorkflowClient({ swf, domain, taskList: taskLists.decisions })
  const scratch = await openScratch()
  onClose(() => scratch[Symbol.asyncDispose]())

  const tools = {
    journals: journalsOf(settings.JOURNALS),
    s3,
    buckets,
    lax: connectLax({ url: settings.LAX_URL, token: settings.LAX_TOKEN }),
    site: connectSite({ url: settings.SITE_URL, user: settings.SITE_USER, password: settings.SITE_PASSWORD }),
    deposits: connectDeposits({ url: settings.DEPOSITS_URL, token: settings.DEPOSITS_TOKEN }),
    tellDashboard: createTellDashboard(sqs, await queueUrl(sqs, queues.events)),
    requestWorkflow: sender<StarterMessage>(sqs, await queueUrl(sqs, queues.starter)),
    signal: (workflowId: string, name: string, payload: unknown) => executions.signal({ workflowId }, name, payload),
    scratch,
    publicationRules: settings.PUBLICATION_RULES,
    publicationByDelivery: settings.PUBLICATION_BY_DELIVERY,
    cdnUrl: settings.CDN_URL,
  }
  const all = Object.values(implementations).map((implementation) => implementation(tools))
  const start = (taskList: string, concurrency: number) =>
    startWorker({
      swf,
      pollingSwf: pollingClients.swf,
      domain,
      taskList,
      implementations: all,
      concurrency,
      logger,
    })
  const pollers = [
    { name: taskLists.activities, ...start(taskLists.activities, settings.WORKER_CONCURRENCY) },
    { name: taskLists.images, ...start(taskLists.images, maxArticlesResized) },
  ]
  onClose(() => Promise.all(pollers.map((poller) => poller.stop((settings.STOP_SECONDS - 1) * 1_000))))
  health.addPollers(...pollers)
  return {}
}
