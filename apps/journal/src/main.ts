import { runServices } from '@continuum/service'
import { journal } from './service.ts'

await runServices(journal)
