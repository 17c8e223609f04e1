import { createClients, createPollingClients, namesOf } from '@continuum/aws-resources'
import { registerTypes, startDecider } from '@continuum/workflow-core'
import type { Start } from '@continuum/service'
import type { Static } from 'typebox'
import { serveHealth } from '../health.ts'
import type { DeciderSettings } from '../settings.ts'
import { workflows } from '../workflows/index.ts'

/** Decides what comes next in every open execution. Registers the types first: a new version of the bot brings its own. */
export async function runDecider({ settings, logger, onClose }: Start<Static<typeof DeciderSettings>>) {
  const region = settings.AWS_REGION
  const { domain, taskLists } = namesOf({ prefix: settings.PREFIX, organisation: settings.ORGANISATION })
  const { swf } = createClients({ region })
  const polling = createPollingClients({ region })
  await registerTypes({ swf, domain, workflows, taskLists })
  const loop = startDecider({
    swf: polling.swf,
    domain,
    taskList: taskLists.decisions,
    workflows,
    concurrency: 4,
    ...(settings.HEARTBEAT !== undefined && { maxHeartbeatTimeout: settings.HEARTBEAT }),
    logger,
  })
  onClose(() => loop.stop((settings.STOP_SECONDS - 1) * 1_000))
  return serveHealth({ name: 'decider', port: settings.HEALTH_PORT, logger, onClose, loops: [loop] })
}
