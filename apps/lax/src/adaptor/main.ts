import { runService } from '@continuum/service'
import { LaxAdaptorSettings } from '@continuum/settings'
import { startAdaptor } from './start-adaptor.ts'

await runService('lax-adaptor', LaxAdaptorSettings, startAdaptor)
