import { expect, test } from 'vitest'
import { startSite } from './site.fixture.ts'

test('the contract is the one that is checked in; vitest -u writes a changed one', async () => {
  await using site = await startSite()
  const contract = (await site.get('/openapi.json')).json()
  await expect(`${JSON.stringify(contract, undefined, 2)}\n`).toMatchFileSnapshot('../openapi.json')
})
