import { expect, test } from 'vitest'
import { addressesFor } from './private-addresses.ts'

const outside = {
  dashboard: 'https://dashboard.example.org',
  journal: 'https://journal.example.org',
  lax: 'https://lax.example.org',
  api: 'https://api.example.org',
  cdn: 'https://cdn.example.org',
}
const of = (process: Parameters<typeof addressesFor>[0]) =>
  addressesFor(process, { name: 'small-press', shape: 'separate' }, outside)

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

test('in the shape small all are in one task, and reach each other at its loopback', () => {
  const addresses = addressesFor('worker', { name: 'press', shape: 'small' }, outside)
  expect([addresses.lax, addresses.journal]).toEqual(['http://127.0.0.1:4602', 'http://127.0.0.1:4601'])
})
