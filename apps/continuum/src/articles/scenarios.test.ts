import { storeScenarios } from '@continuum/messages/testing'
import { startCommandLine } from './door.fixture.ts'

/** The acceptance scenarios of the contract over the command line. lax's DESIGN.md has the table of all doors. */
storeScenarios(await startCommandLine(), { repeatsPublication: false })
