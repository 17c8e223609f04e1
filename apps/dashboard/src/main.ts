import { runServices } from '@continuum/service'
import { dashboard, dashboardConsumer, dashboardWeb } from './service.ts'

/** The part to run: `web`, `consumer`, or undefined for both in one process. */
const part = process.argv[2]
const service = new Map([
  [undefined, dashboard],
  ['web', dashboardWeb],
  ['consumer', dashboardConsumer],
]).get(part)
if (service === undefined) {
  process.stderr.write(`dashboard: unknown part ${part}; expected web, consumer, or no argument for both\n`)
  process.exit(2)
}
await runServices(service)
