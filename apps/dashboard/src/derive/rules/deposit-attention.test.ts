import type { Deposit } from '@continuum/messages'
import { expect, test } from 'vitest'
import { attentionOf } from './deposit-attention.ts'

const now = Temporal.Instant.from('2026-12-01T12:00:00Z')
const waiting: Deposit = {
  id: '00000000-0000-4000-8000-000000000001',
  recipient: 'crossref',
  articleId: '00353',
  version: 1,
  run: 'a',
  part: 'article',
  state: 'waiting',
  rule: 'gets the first VoR',
  planned: '2026-12-01T08:00:00Z',
  since: '2026-12-01T08:00:00Z',
  attempts: 0,
  answer: null,
  waitsFor: null,
  nextTry: '2026-12-01T22:45:00Z',
  byHand: false,
  unaddressed: false,
  needsPerson: false,
  document: null,
}

test.each<[string, Partial<Deposit>, string | undefined]>([
  ['refused', { state: 'refused', needsPerson: true }, 'failed'],
  ['without an answer', { state: 'unanswered', needsPerson: true }, 'failed'],
  ['uncertain', { state: 'uncertain', needsPerson: true }, 'failed'],
  ['before its hour', {}, 'waiting'],
  ['just after its hour', { nextTry: '2026-12-01T11:55:00Z' }, 'waiting'],
  ['long after its hour, because its recipient is paused', { nextTry: '2026-12-01T11:00:00Z' }, 'late'],
  ['planned, and not begun', { state: 'planned', nextTry: '2026-12-01T11:00:00Z' }, 'late'],
  ['tried in vain, and tried again later', { attempts: 3, nextTry: '2026-12-01T12:30:00Z' }, 'late'],
  ['a mail to an author whose address is not known', { unaddressed: true, nextTry: '2026-12-01T11:00:00Z' }, 'waiting'],
  ['being sent', { state: 'sending', attempts: 1, nextTry: null, since: '2026-12-01T11:58:00Z' }, 'waiting'],
  ['being sent for hours', { state: 'sending', attempts: 1, nextTry: null, since: '2026-12-01T09:00:00Z' }, 'late'],
  ['sent, and asked for soon', { state: 'sent', attempts: 1, nextTry: '2026-12-01T12:05:00Z' }, 'waiting'],
  ['sent, and not asked for', { state: 'sent', attempts: 1, nextTry: '2026-12-01T09:00:00Z' }, 'late'],
  ['sent, for a person to confirm', { state: 'sent', attempts: 1, nextTry: null, byHand: true }, 'waiting'],
  ['confirmed', { state: 'confirmed', nextTry: null }, undefined],
])('a deposit that is %s', (_, changes, attention) => {
  expect(attentionOf({ ...waiting, ...changes }, now)).toBe(attention)
})
