import { runServices } from '@continuum/service'
import { deposits } from './service.ts'

await runServices(deposits)
