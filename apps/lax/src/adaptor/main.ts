import { runServices } from '@continuum/service'
import { laxAdaptor } from './service.ts'

await runServices(laxAdaptor)
