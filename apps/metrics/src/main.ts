import { runServices } from '@continuum/service'
import { metrics } from './service.ts'

await runServices(metrics)
