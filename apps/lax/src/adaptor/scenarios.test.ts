import { expect } from 'vitest'
import { readOutcome, storeScenarios } from '@continuum/messages/testing'
import { doorOf, hasHeard } from '../door.fixture.ts'
import { journal } from '../rules/samples.fixture.ts'
import { bucketUrl, startAdaptorTest } from './adaptor.fixture.ts'

/** The acceptance scenarios of the contract over the queue. DESIGN.md has the table of all doors. */
storeScenarios(
  async () => {
    const adaptor = await startAdaptorTest({ journals: [journal] })
    let files = 0
    return doorOf(adaptor.lax, async ({ action, id, version, article, force = false, dryRun = false }) => {
      const [name, token] = [`${++files}.json`, `token ${files}`]
      await adaptor.put(name, JSON.stringify({ article }))
      const location = `${bucketUrl}/${name}`
      await adaptor.send({ action, location, id, version, token, force, 'validate-only': dryRun })
      const reply = await adaptor.reply()
      expect(reply).toMatchObject({ id, token, 'requested-action': action, force, 'validate-only': dryRun })
      await hasHeard(adaptor.lax)
      return readOutcome(reply)
    })
  },
  { repeatsPublication: true },
)
