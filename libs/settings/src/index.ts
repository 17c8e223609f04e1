export {
  BotSettings,
  DeciderSettings,
  PublicationRules,
  QueueWorkerSettings,
  WorkerSettings,
  WorkflowStarterSettings,
} from './bot.ts'
export { ApiSettings } from './api.ts'
export { DashboardSettings, MailSettings, OpenIdSettings, ProcessSetting } from './dashboard.ts'
export { DepositsClientSettings, DepositsSettings } from './deposits.ts'
export { JournalSettings } from './journal.ts'
export { LaxAdaptorSettings, LaxSettings } from './lax.ts'
export { CitationSourceSetting, MetricsSettings } from './metrics.ts'
export { FileServer, RecipientSchedule, RecipientSettings, StaffSettings } from './recipients.ts'
export { SiteContent } from './site-content.ts'
export { addressOf, hostOf, isReachable, reachOf, type Reach } from './reach.ts'
