import { runServices } from '@continuum/service'
import { api } from './service.ts'

await runServices(api)
