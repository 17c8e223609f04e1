import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { PublicationRules } from '@continuum/settings'
import { ruleOf } from './publication-rules.ts'

const eif = {
  doi: '10.7554/eLife.00288',
  'article-type': 'research-article',
  version: 2,
  categories: { heading: ['Ecology'] },
}

test.each([
  ['holds by default', { default: false }, false],
  ['publishes by default', { default: true }, true],
  ['publishes what a pattern finds', { default: false, override: { publish: { doi: ['eLife\\.00288$'] } } }, true],
  ['searches anywhere in the value', { default: false, override: { publish: { doi: ['7554'] } } }, true],
  ['holds what no pattern finds', { default: false, override: { publish: { doi: ['eLife\\.0028$'] } } }, false],
  ['reads numbers', { default: false, override: { publish: { version: ['^2$'] } } }, true],
  ['looks into lists', { default: false, override: { publish: { categories: ['^Ecology$'] } } }, true],
  ['matches nothing that is missing', { default: false, override: { publish: { keywords: ['.*'] } } }, false],
  ['holds what a hold pattern finds', { default: true, override: { hold: { 'article-type': ['^research'] } } }, false],
  ['asks hold patterns only where it would publish', { default: false, override: { hold: { doi: ['.'] } } }, false],
  ['asks publish patterns only where it would hold', { default: true, override: { publish: { doi: ['x'] } } }, true],
  [
    'tries all patterns of all fields',
    { default: false, override: { publish: { doi: ['x', 'y'], version: ['3', '2'] } } },
    true,
  ],
])('the rule %s', (_, rules, automatic) => {
  expect(Value.Check(PublicationRules, rules)).toBe(true)
  expect(ruleOf(rules, eif).automatic).toBe(automatic)
})

test('what made a rule match is said', () => {
  const rules = { default: false, override: { publish: { doi: ['eLife\\.00288$'] } } }
  expect(ruleOf(rules, eif).because).toBe('its doi matches eLife\\.00288$')
})

test('an invalid pattern is not a rule', () => {
  expect(Value.Check(PublicationRules, { default: false, override: { publish: { doi: ['('] } } })).toBe(false)
})
