import { runServices } from '@continuum/service'
import { lax } from './service.ts'

await runServices(lax)
