import { expect, test } from 'vitest'
import { readPage } from '../article/page.fixture.ts'
import { byline, citedNameOf } from './people.ts'

const at = (...name: string[]) => ({ name, address: { formatted: ['Berlin', 'Germany'] } })
const person = (preferred: string, more = {}) => ({ type: 'person', name: { preferred, index: preferred }, ...more })

test('each affiliation is said once, and authors have its number', () => {
  const people = [
    person('Ada A', { affiliations: [at('One')], orcid: '0000-0002-1825-0097' }),
    person('Ben B', { affiliations: [at('Two'), at('One')], emailAddresses: ['b@example.org'] }),
    { type: 'group', name: 'The Group' },
  ]
  const page = readPage(byline(people).toString())
  expect(page.text('sup')).toEqual([', affiliation 1', ', affiliation 2, 1'])
  expect(page.text('li').slice(-2)).toEqual(['One, Berlin, Germany', 'Two, Berlin, Germany'])
  expect(page.attribute('a', 'href')).toEqual(['https://orcid.org/0000-0002-1825-0097', 'mailto:b@example.org'])
  expect(page.text('li')[2]).toBe('The Group')
})

test('one affiliation needs no number, many are folded away', () => {
  const alone = byline([person('Ada A', { affiliations: [at('One')] })]).toString()
  expect(alone).not.toContain('<sup>')
  const many = ['1', '2', '3', '4'].map((name) => person(name, { affiliations: [at(name)] }))
  expect(readPage(byline(many).toString()).text('summary')).toEqual(['4 affiliations'])
})

test('nobody is no byline', () => {
  expect(byline(undefined).toString()).toBe('')
  expect(byline([{ type: 'person', name: 7 }]).toString()).toBe('')
})

test.for([
  ['Hirano, Arisa', 'Hirano A'],
  ['Fu, Ying-Hui', 'Fu YH'],
  ['Pennacchio, Len A', 'Pennacchio LA'],
  ['Hung, L-W', 'Hung L-W'],
  ['Burgess, H. J.', 'Burgess HJ'],
  ['Ørsted, Åse', 'Ørsted Å'],
])('%s is cited as %s', ([index = '', cited]) => {
  expect(citedNameOf({ type: 'person', name: { preferred: '', index } })).toBe(cited)
})
