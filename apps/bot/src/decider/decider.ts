import { registerTypes, startDecider } from '@continuum/workflow-core'
import type { Start } from '@continuum/service'
import type { Static } from 'typebox'
import { connectToAws } from '../messages/connect.ts'
import type { DeciderSettings } from '@continuum/settings'
import { workflows } from './workflows/index.ts'

/** Decides the next steps of every open execution. Registers the types first: a new version of the bot brings its own. */
export async function runDecider({ settings, logger, health, onClose }: Start<Static<typeof DeciderSettings>>) {
  const { names, clients, pollingClients } = connectToAws(settings)
  const { domain, taskLists } = names
  await registerTypes({ swf: clients.swf, domain, workflows, taskLists })
  const decider = startDecider({
    swf: pollingClients.swf,
    domain,
    taskList: taskLists.decisions,
    workflows,
    concurrency: 4,
    ...(settings.HEARTBEAT !== undefined && { maxHeartbeatTimeout: settings.HEARTBEAT }),
    logger,
  })
  onClose(() => decider.stop((settings.STOP_SECONDS - 1) * 1_000))
  health.addPollers({ name: taskLists.decisions, ...decider })
  return {}
}
