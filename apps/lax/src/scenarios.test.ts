import { storeScenarios } from '@continuum/messages/testing'
import { openHttp } from './door.fixture.ts'

/** The acceptance scenarios of the contract over HTTP. DESIGN.md has the table of all doors. */
storeScenarios(openHttp, { repeatsPublication: false })
