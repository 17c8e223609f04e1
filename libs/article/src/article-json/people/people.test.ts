import { describe, expect, test } from 'vitest'
import { parseArticleXml } from '../../jats/reading/parse.ts'
import { articleWith } from '../../testing/article-with.ts'
import { continuum } from '../../testing/journals.ts'
import { apiSchema } from '../../testing/public-api.ts'
import { toArticleJson } from '../to-article-json.ts'

const problems = apiSchema('article-vor.v8')
const withGroups = (groups: string, after = '', back = '') => {
  const xml = articleWith({ back }).replace(
    /<contrib-group>[^]*?<\/contrib-group>\n(?=<pub-date)/,
    () => `${groups}${after}`,
  )
  const about = { journal: continuum, version: 1, cdnUrl: 'https://cdn.example.org', sizes: {}, files: [] }
  const { article } = toArticleJson(parseArticleXml(xml), about)
  expect(problems(article)).toEqual([])
  return article
}
const author = (inner: string) => `<contrib contrib-type="author">${inner}</contrib>`
const name = (surname: string, given: string) =>
  `<name><surname>${surname}</surname><given-names>${given}</given-names></name>`
const group = (inner: string) => `<contrib-group>${inner}</contrib-group>`

describe('a name', () => {
  test.each([
    ['in one piece', '<string-name>Björk G</string-name>', { preferred: 'Björk G', index: 'Björk G' }],
    [
      'in one piece with its parts marked',
      '<string-name><given-names>Ada</given-names> <surname>Bee</surname></string-name>',
      { preferred: 'Ada Bee', index: 'Bee, Ada' },
    ],
    ['that is withheld', '<anonymous/>', { preferred: 'Anonymous', index: 'Anonymous' }],
    [
      'with prefix and suffix',
      '<name><surname>Bee</surname><given-names>Ada</given-names><prefix>Dr</prefix><suffix>Jr</suffix></name>',
      { preferred: 'Dr Ada Bee Jr', index: 'Bee, Ada, Jr' },
    ],
  ])('%s', (_, inner, expected) => {
    expect(withGroups(group(author(inner))).authors).toMatchObject([{ type: 'person', name: expected }])
  })

  test('in several scripts is given in each', () => {
    const alternatives = `<name-alternatives>${name('Wang', 'Wei')}<name name-style="eastern" xml:lang="zh"><surname>王</surname><given-names>伟</given-names></name></name-alternatives>`
    expect(withGroups(group(author(alternatives))).authors).toMatchObject([
      { name: { preferred: 'Wei Wang' }, otherNames: ['王 伟'] },
    ])
  })
})

test('degrees, roles, what somebody did, and a biography go with the author', () => {
  const inner = `${name('Bee', 'Ada')}<degrees>PhD</degrees><role>Guest author</role><role vocab="credit">Software</role><role content-type="http://credit.casrai.org/">Writing</role><bio><p>Ada <italic>counts</italic>.</p></bio>`
  expect(withGroups(group(author(inner))).authors).toMatchObject([
    {
      degrees: ['PhD'],
      role: 'Guest author',
      contribution: 'Software, Writing',
      biography: [{ type: 'paragraph', text: 'Ada <i>counts</i>.' }],
    },
  ])
})

describe('a group', () => {
  const members = `<contrib-group><contrib>${name('One', 'A')}</contrib><contrib>${name('Two', 'B')}</contrib></contrib-group>`

  test('has its members though nothing has an id', () => {
    expect(withGroups(group(author(`<collab>The Group${members}</collab>`))).authors).toMatchObject([
      {
        type: 'group',
        name: 'The Group',
        people: [{ name: { preferred: 'A One' } }, { name: { preferred: 'B Two' } }],
      },
    ])
  })

  test('of one has that one', () => {
    const one = `<collab>The Group<contrib-group><contrib>${name('One', 'A')}</contrib></contrib-group></collab>`
    expect(withGroups(group(author(one))).authors).toMatchObject([
      { type: 'group', name: 'The Group', soleMember: { name: { preferred: 'A One' } } },
    ])
  })

  test('on whose behalf an author writes follows the author', () => {
    const inner = `${name('Bee', 'A')}<on-behalf-of>the Society</on-behalf-of>`
    expect(withGroups(group(author(inner))).authors).toMatchObject([
      { type: 'person' },
      { type: 'on-behalf-of', onBehalfOf: 'the Society' },
    ])
  })
})

describe('affiliations', () => {
  const aff = (id: string, inner: string) => `<aff id="${id}">${inner}</aff>`
  const pointing = (rid: string) => author(`${name('Bee', 'A')}<xref ref-type="aff" rid="${rid}">1,2</xref>`)
  const places = (article: ReturnType<typeof withGroups>) =>
    article.authors?.map((one) => ('affiliations' in one ? one.affiliations : undefined))

  test('of a list of ids all belong to the author', () => {
    const two = aff('aff1', '<institution>First</institution>') + aff('aff2', '<institution>Second</institution>')
    expect(places(withGroups(group(pointing('aff1 aff2') + two)))).toEqual([
      [{ name: ['First'] }, { name: ['Second'] }],
    ])
  })

  test('that nobody points to belong to all authors beside or below them', () => {
    const both = author(name('Bee', 'A')) + author(name('Cee', 'B'))
    const one = '<aff>Department of Bees</aff>'
    const expected = [[{ name: ['Department of Bees'] }], [{ name: ['Department of Bees'] }]]
    expect(places(withGroups(group(both + one)))).toEqual(expected)
    expect(places(withGroups(group(both), one))).toEqual(expected)
  })

  test('that nobody points to though somebody points to another are kept apart', () => {
    const found = withGroups(group(pointing('aff1') + aff('aff1', 'First') + aff('aff2', 'Second')))
    expect(places(found)).toEqual([[{ name: ['First'] }]])
    expect(found.affiliations).toEqual([{ name: ['Second'] }])
  })

  test('as text lose their label and nothing else', () => {
    const text = aff('aff1', '<label>1</label>Laboratory, 12 Road, <country>France</country>')
    expect(places(withGroups(group(pointing('aff1') + text)))).toEqual([[{ name: ['Laboratory, 12 Road, France'] }]])
    const line = aff('aff1', '<sup>1</sup><addr-line>Laboratory, Paris, France</addr-line>')
    expect(places(withGroups(group(pointing('aff1') + line)))).toEqual([[{ name: ['Laboratory, Paris, France'] }]])
  })

  test('in parts have every part', () => {
    const parts = aff(
      'aff1',
      '<institution-wrap><institution-id institution-id-type="ror">https://ror.org/x</institution-id><institution>U</institution></institution-wrap>, <addr-line><named-content content-type="city">C</named-content><state>S</state></addr-line>, <postal-code>123</postal-code>, <country>N</country>',
    )
    expect(places(withGroups(group(pointing('aff1') + parts)))).toEqual([
      [
        {
          name: ['U'],
          address: {
            formatted: ['C', 'S', '123', 'N'],
            components: { locality: ['C'], area: ['S'], postalCode: '123', country: 'N' },
          },
        },
      ],
    ])
  })

  test('given whole and in parts are said once', () => {
    const both = aff(
      'aff1',
      '<institution content-type="original">School, University, Town, Land</institution><institution content-type="orgname">University</institution><addr-line><city>Town</city></addr-line><country>Land</country>',
    )
    expect(places(withGroups(group(pointing('aff1') + both)))).toEqual([[{ name: ['School, University, Town, Land'] }]])
  })

  test('in alternatives are given in each form', () => {
    const forms = `<aff-alternatives id="aff1"><aff><institution>Haus</institution></aff><aff><institution>House</institution></aff></aff-alternatives>`
    expect(places(withGroups(group(pointing('aff1') + forms)))).toEqual([[{ name: ['Haus'] }, { name: ['House'] }]])
  })
})

describe('notes of authors', () => {
  const notes = `<author-notes><corresp id="cor1">* E-mail: <email>a@b.org</email></corresp><fn fn-type="con"><p>Conceived: AB.</p></fn><fn fn-type="conflict"><p>None exist.</p></fn><fn fn-type="equal" id="eq"><p>Both led.</p></fn></author-notes>`

  test('that no author points to are notes of the article', () => {
    const found = withGroups(group(author(name('Bee', 'A'))), notes)
    expect(found.notes).toEqual([
      {
        kind: 'author-notes',
        notes: [
          {
            id: 'cor1',
            text: [{ type: 'paragraph', text: expect.stringContaining('* E-mail: <a href="mailto:a@b.org">') }],
          },
          { text: [{ type: 'paragraph', text: 'Conceived: AB.' }] },
          { text: [{ type: 'paragraph', text: 'None exist.' }] },
          expect.objectContaining({ id: 'eq' }),
        ],
      },
    ])
  })

  test('of any kind that an author points to go with the author, once', () => {
    const inner = `${name('Bee', 'A')}<xref ref-type="fn" rid="d1 c1"/>`
    const own = `<author-notes><fn id="d1" fn-type="deceased"><p>Died in 2020.</p></fn><fn id="c1" fn-type="current-aff"><p>Now elsewhere.</p></fn></author-notes>`
    const found = withGroups(group(author(inner)), own)
    expect(found.authors).toMatchObject([{ additionalInformation: ['Died in 2020.', 'Now elsewhere.'] }])
    expect(found).not.toHaveProperty('notes')
  })
})

test('translators and others are named with their role', () => {
  const translator = `<contrib contrib-type="translator">${name('Bee', 'A')}</contrib>`
  expect(withGroups(group(author(name('Cee', 'B')) + translator)).contributors).toMatchObject([
    { type: 'person', name: { preferred: 'A Bee' }, role: 'Translator' },
  ])
})

test('editors have the affiliations that they point to', () => {
  const editor = `<contrib contrib-type="editor">${name('Bee', 'A')}<xref ref-type="aff" rid="e1"/></contrib><aff id="e1"><institution>E</institution></aff>`
  expect(withGroups(group(author(name('Cee', 'B'))) + group(editor)).reviewers).toMatchObject([
    { name: { preferred: 'A Bee' }, affiliations: [{ name: ['E'] }] },
  ])
})
