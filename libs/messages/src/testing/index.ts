import type { DoorTraits, OpenDoor } from './store-door.ts'
import { changeScenarios } from './change-scenarios.ts'
import { readingScenarios } from './reading-scenarios.ts'
import { versionScenarios } from './version-scenarios.ts'

export { readOutcome, type OpenDoor, type StoreDoor } from './store-door.ts'

/**
 * Registers the acceptance scenarios 1 to 13 of the article store's contract as tests, for one of its doors. Each test has the
 * number of its scenario before its name.
 *
 * @example storeScenarios(async () => doorOf(await startLax()), { repeatsPublication: false })
 */
export function storeScenarios(open: OpenDoor, traits: DoorTraits): void {
  versionScenarios(open, traits)
  readingScenarios(open)
  changeScenarios(open)
}
