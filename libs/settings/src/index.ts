export {
  BotSettings,
  DeciderSettings,
  PublicationRules,
  QueueWorkerSettings,
  WorkerSettings,
  WorkflowStarterSettings,
} from './bot.ts'
export { ApiSettings } from './api.ts'
export { DashboardSettings } from './dashboard.ts'
export { JournalSettings } from './journal.ts'
export { LaxAdaptorSettings, LaxSettings } from './lax.ts'
export { CitationSourceSetting, MetricsSettings } from './metrics.ts'
