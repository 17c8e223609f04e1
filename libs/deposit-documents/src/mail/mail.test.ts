import { describe, expect, test } from 'vitest'
import { recordWith } from '../testing/article-with.ts'
import { addressees, isAddress } from './addresses.ts'
import { authorTemplates, type AuthorMailVariables } from './author-templates.ts'
import { chooseAuthorMail, withoutDoubledInsights, type MailFacts } from './choose.ts'
import { staffTemplates } from './staff-templates.ts'
import { renderMail, TemplateFailure } from './template.ts'

const choose = (facts: Partial<MailFacts> & { type?: string; channel?: string } = {}) =>
  chooseAuthorMail({
    record: { articleType: facts.type ?? 'research-article', displayChannel: facts.channel },
    status: 'vor',
    isFirstOfStatus: true,
    wasPoa: false,
    isSilent: false,
    ...facts,
  })

describe('the mail', () => {
  test.for([
    ['research-article', 'poa', false, 'POA'],
    ['review-article', 'vor', true, 'VOR_after_POA'],
    ['research-article', 'vor', false, 'VOR_no_POA'],
    ['article-commentary', 'vor', false, 'Insight_to_VOR'],
    ['discussion', 'vor', false, 'Feature'],
  ] as const)('of %s as %s, PoA before: %s, is %s', ([type, status, wasPoa, template]) => {
    expect(choose({ type, status, wasPoa })).toMatchObject({ template })
  })

  test('of an Insight goes to the authors of the article that it is about, that of a feature to the team', () => {
    expect(choose({ type: 'article-commentary' })).toMatchObject({ to: 'authors-of-related', alsoFeatures: true })
    expect(choose({ type: 'discussion' })).toMatchObject({ to: 'features' })
    expect(choose({ channel: 'Feature Article' })).toMatchObject({ to: 'authors', alsoFeatures: true })
  })

  test('35. and 36. of a silent correction, a PoA v2 or a VoR v3 is none, with the reason', () => {
    expect(choose({ isSilent: true })).toEqual({ none: 'a silent correction: authors are not written to' })
    expect(choose({ isFirstOfStatus: false })).toEqual({
      none: 'not the first VoR: authors were written to about that',
    })
    expect(choose({ status: 'poa', isFirstOfStatus: false })).toMatchObject({ none: expect.stringContaining('PoA') })
  })

  test('of types that nobody is written to about is none; of a type without a rule that is said', () => {
    for (const type of ['correction', 'editorial', 'retraction', 'expression-of-concern', 'book-review'])
      expect(choose({ type })).toMatchObject({ none: expect.stringContaining(type) })
    expect(choose({ type: 'obituary' })).toEqual({
      none: "no rule for articles of type obituary: add one to the journal's mail rules",
    })
    expect(choose({ type: 'article-commentary', status: 'poa' })).toHaveProperty('none')
    expect(choose({ type: 'retraction', isRetractionOfPreprint: true })).toHaveProperty('none')
  })
})

test('37. an Insight and its research article due together: one mail, which names the Insight', () => {
  const article = { articleId: '11476', template: 'VOR_no_POA' } as const
  const insight = { articleId: '15853', template: 'Insight_to_VOR', relatedId: '11476' } as const
  const other = { articleId: '00353', template: 'Insight_to_VOR', relatedId: '00007' } as const
  expect(withoutDoubledInsights([insight, article, other])).toEqual([{ ...article, insight: '15853' }, other])
})

test('32. three authors, one of them twice with different letter case, are three people', () => {
  const contrib = (surname: string, email: string) =>
    `<contrib contrib-type="author" corresp="yes"><name><surname>${surname}</surname><given-names>A</given-names></name><email>${email}</email></contrib>`
  const record = recordWith({
    contributors: `<contrib-group>${contrib('One', 'One@Example.org')}${contrib('Two', 'two@example.org')}</contrib-group>`,
  })
  const listed = [
    { address: 'one@example.ORG', givenNames: 'Ada', surname: 'One' },
    { address: 'three@example.org', givenNames: 'C', surname: 'Three' },
    { address: 'not an address', givenNames: 'D', surname: 'Four' },
  ]
  expect(addressees(record, listed)).toEqual([
    listed[0],
    listed[1],
    { address: 'two@example.org', givenNames: 'A', surname: 'Two' },
  ])
})

test.for(['a@example.org, b@example.org', 'a@example.org\nBcc: b@example.org', 'a@b', '<a@example.org>', ''])(
  'an address that could be more than one is none: %o',
  (text) => expect(isAddress(text)).toBe(false),
)

const variables: AuthorMailVariables = {
  article: {
    id: '00353',
    doi: '10.7554/eLife.00353',
    title: 'On <x> & "y"',
    url: 'https://example.org/articles/00353',
    insight: false,
  },
  author: { givenNames: 'Zoë', surname: 'Ångström' },
  authors: ['Zoë Ångström'],
  journal: { title: 'A journal' },
}

test.for(Object.values(authorTemplates))('the template $name is filled without a hole', (template) => {
  const mail = renderMail(template, { ...variables })
  expect(mail.subject).toContain('On <x> & "y"')
  expect(mail.html).toContain('On &lt;x&gt; &amp; &#34;y&#34;')
  expect(mail.text).toContain('On <x> & "y"')
  expect(mail.text).toContain('https://example.org/articles/00353')
  expect(`${mail.subject}${mail.html}${mail.text}`).not.toMatch(/\{[{%]|undefined|null/)
})

test('the mail about an article names the Insight that is published with it', () => {
  const article = { ...variables.article, insight: 'https://example.org/articles/15853' }
  expect(renderMail(authorTemplates.VOR_no_POA, { ...variables, article }).text).toContain('articles/15853')
  expect(renderMail(authorTemplates.VOR_no_POA, { ...variables }).text).not.toContain('comments on yours')
})

test('a digest has what needs a person, with the words of each recipient', () => {
  const item = {
    recipient: 'crossref',
    articleId: '00353',
    version: 2,
    state: 'refused',
    age: '2 days',
    answer: 'no title',
    url: 'https://d/1',
  }
  const mail = renderMail(staffTemplates.digest, { environment: 'prod', items: [item], url: 'https://d' })
  expect(mail.subject).toBe('prod: 1 deposit needs a person')
  expect(mail.text).toContain('- crossref, article 00353 version 2: refused for 2 days. no title https://d/1')
  const failing = {
    environment: 'prod',
    recipient: 'GoOA',
    since: 'Monday',
    answer: 'down',
    waiting: 3,
    paused: true,
    url: 'https://d',
  }
  expect(renderMail(staffTemplates.failing, failing).text).toContain('It is paused')
})

test('a variable that is not there, or a value in the subject with a line break, does no harm', () => {
  const template = { name: 'own', subject: '{{ article.title }}', html: '<p>{{ article.titel }}</p>' }
  expect(() => renderMail(template, { ...variables })).toThrow(TemplateFailure)
  expect(() => renderMail(template, { ...variables })).toThrow(/"own".*titel/)
  const article = { title: 'A\r\nBcc: b@example.org', titel: 'x' }
  expect(renderMail(template, { article }).subject).toBe('A Bcc: b@example.org')
})
