import { expect, test } from 'vitest'
import { addressesFor } from './private-addresses.ts'

const outside = {
  dashboard: 'https://dashboard.example.org',
  journal: 'https://journal.example.org',
  lax: 'https://lax.example.org',
  api: 'https://api.example.org',
  cdn: 'https://cdn.example.org',
}
const of = (process: Parameters<typeof addressesFor>[0]) => addressesFor(process, { name: 'small-press' }, outside)

test('the article store is spoken to within the network, by whomever', () => {
  for (const process of ['worker', 'journal', 'dashboard-web'] as const)
    expect(of(process).lax).toBe('http://lax.small-press.internal:4602')
})

test('the pipeline posts to the site within the network, people follow the address that they can reach', () => {
  expect(of('worker').journal).toBe('http://journal.small-press.internal:4601')
  expect(of('dashboard-web')).toMatchObject({
    journal: outside.journal,
    dashboard: outside.dashboard,
    cdn: outside.cdn,
  })
})
