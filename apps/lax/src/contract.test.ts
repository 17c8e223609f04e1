import { expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'

test('the contract is the one that is checked in; vitest -u writes a changed one', async () => {
  await using lax = await startLax()
  const contract = (await lax.app.inject('/openapi.json')).json()
  await expect(`${JSON.stringify(contract, undefined, 2)}\n`).toMatchFileSnapshot('../openapi.json')
})
