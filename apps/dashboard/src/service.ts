import { defineService } from '@continuum/service'
import { DashboardSettings } from '@continuum/settings'

const define = (part?: 'web' | 'consumer') =>
  defineService('dashboard', DashboardSettings, async (start) =>
    (await import('./start-dashboard.ts')).startDashboard(start, part),
  )

/** The dashboard, as a service: its web server, and the consumer of its messages with all that runs by the clock. */
export const dashboard = define()

/** Its web server alone. */
export const dashboardWeb = define('web')

/** Its consumer alone. */
export const dashboardConsumer = define('consumer')
