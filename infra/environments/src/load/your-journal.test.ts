import { readFileSync } from 'node:fs'
import { graveKinds, JournalSettings, journalWithDefaults, lossKinds } from '@continuum/article'
import { expect, test } from 'vitest'

/** docs/your-journal.md, which describes every setting of a journal. */
const page = readFileSync(new URL('../../../../docs/your-journal.md', import.meta.url), 'utf8')

/** An example of each setting that is not one of the five, by its path. */
const examples: Readonly<Record<string, unknown>> = {
  default: true,
  idDigits: 5,
  firstVolumeYear: 2012,
  numberPattern: '[0-9]+',
  numberExample: '00353',
  numberFrom: ['publisher-id', 'doi'],
  'doi.required': false,
  'doi.check': 'number',
  elocationId: 'e{number}',
  fileStem: 'journal.{number}',
  packageNames: ['joe-(?<number>{number})\\.zip'],
  licences: ['CC-BY', 'CC-BY-NC-4.0'],
  articleTypes: ['research-article', 'correction'],
  'publicationDate.precision': 'day',
  'publicationDate.types': ['epub', 'ppub'],
  languages: ['en', 'pt'],
  'images.formats': ['tiff', 'png'],
  'images.missing': 'finding',
  toleratedLosses: ['dead-link', 'figure'],
  publishUnnamedFiles: true,
  publicApi: true,
  timeZone: 'Europe/London',
}

const five = {
  name: 'Journal of Examples',
  publisher: 'Example Press',
  prefix: 'joe',
  doiPrefix: '10.5555/joe.',
  issn: '1234-5679',
}

interface Setting {
  readonly path: string
  readonly description: string
}

/** The settings of a schema, by their paths. */
function settingsOf(schema: object, above = ''): readonly Setting[] {
  const properties: unknown = Reflect.get(schema, 'properties')
  return Object.entries(Object(properties)).flatMap(([name, value]) => {
    const each: object = Object(value)
    const path = `${above}${name}`
    if (Reflect.has(each, 'properties')) return settingsOf(each, `${path}.`)
    const items: unknown = Reflect.get(each, 'items')
    const description = Reflect.get(each, 'description') ?? Reflect.get(Object(items), 'description')
    return [{ path, description: String(description ?? '') }]
  })
}

function nested(path: string, value: unknown): object {
  const [name = '', inner] = path.split('.')
  return { [name]: inner === undefined ? value : { [inner]: value } }
}

const settings = settingsOf(JournalSettings)
const section = (name: string) => new RegExp(`<!-- ${name} -->(.*?)<!-- /${name} -->`, 's').exec(page)?.[1] ?? ''
const words = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll(/-{3,}/g, '---').trim()

test('every setting of the schema is described on the page, with an example', () => {
  const rows = settings.map(({ path, description }) => {
    const example = JSON.stringify(path in examples ? examples[path] : Reflect.get(five, path))
    const text = description.replaceAll('|', '\\|').replaceAll('<', '\\<')
    return `| \`${path}\` | ${text} | \`${example.replaceAll('|', '\\|')}\` |`
  })
  const table = ['| setting | what it says | example |', '| --- | --- | --- |', ...rows].join('\n')
  expect(words(section('settings'))).toBe(words(table))
})

test('every setting says what it is', () => {
  expect(settings.filter(({ description }) => description === '')).toEqual([])
})

test.each(Object.entries(examples))('the example of %s is taken', (path, value) => {
  expect(() => journalWithDefaults({ ...five, ...nested(path, value) })).not.toThrow()
})

test('the journals on the page are taken as they are', () => {
  const journals = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json))
  expect(journals).toHaveLength(2)
  for (const journal of journals) expect(() => journalWithDefaults(journal)).not.toThrow()
})

test('the kinds of loss are those of the loss report', () => {
  const list = (kinds: readonly string[]) => kinds.map((kind) => `\`${kind}\``).join(', ')
  expect(words(section('kinds'))).toBe(list(lossKinds))
  expect(words(section('grave'))).toBe(list([...graveKinds]))
})
