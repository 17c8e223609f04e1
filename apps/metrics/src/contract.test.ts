import { expect, test } from 'vitest'
import { startMetrics } from './metrics.fixture.ts'

test('the contract is the one that is checked in; vitest -u writes a changed one', async () => {
  await using metrics = await startMetrics()
  const contract = (await metrics.get('/openapi.json')).json()
  await expect(`${JSON.stringify(contract, undefined, 2)}\n`).toMatchFileSnapshot('../openapi.json')
})
