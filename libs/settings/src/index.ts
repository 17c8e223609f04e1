export {
  BotSettings,
  DeciderSettings,
  PublicationRules,
  QueueWorkerSettings,
  WorkerSettings,
  WorkflowStarterSettings,
} from './bot.ts'
export { DashboardSettings } from './dashboard.ts'
export { JournalSettings } from './journal.ts'
export { LaxAdaptorSettings, LaxSettings } from './lax.ts'
