import { runService } from '@continuum/service'
import { LaxSettings } from '@continuum/settings'
import { startLax } from './start-lax.ts'

await runService('lax', LaxSettings, startLax)
