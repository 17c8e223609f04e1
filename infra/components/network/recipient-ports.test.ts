import type { RecipientSettings } from '@continuum/environments'
import { expect, test } from 'vitest'
import { recipientPorts } from './recipient-ports.ts'

const pubmed: RecipientSettings = {
  kind: 'pubmed',
  name: 'pubmed',
  title: 'PubMed',
  server: { protocol: 'sftp', host: 'sftp.example.org', user: 'journal', folder: '/', hostKeys: ['SHA256:x'] },
  journalTitle: 'Journal',
  statuses: ['vor'],
  silent: 'never',
  schedule: 'at once',
}
const portsOf = (recipient: RecipientSettings, live = true) =>
  recipientPorts({ deposits: { live, recipients: [recipient] } }).map(({ from }) => from)

test('the port of the server is open, and that of the address which is asked how deposits ended', () => {
  expect(portsOf(pubmed)).toEqual([22])
  expect(portsOf({ ...pubmed, answers: 'https://eutils.example.org/entrez/eutils' })).toEqual([22, 443])
})

test('an environment that is not live opens none to real recipients', () => {
  expect(portsOf(pubmed, false)).toEqual([])
})
