import type { JsonObject } from './json-schema.ts'

/** Schemas of the front and back matter, and of the articles in an article, that the public API does not know. */

const text: JsonObject = { type: 'string', minLength: 1 }
const texts = listOf(text)
const blocks = listOf({ $ref: '#/definitions/block' })
const place: JsonObject = { $ref: '#/definitions/place' }

function listOf(items: JsonObject): JsonObject {
  return { type: 'array', items }
}

function objectOf(properties: JsonObject, required: readonly string[] = []): JsonObject {
  return { type: 'object', ...(required.length > 0 && { required: [...required] }), properties }
}

/** A list of notes, each with what it is called by and refers from. */
export const notes: JsonObject = {
  ...listOf(objectOf({ id: { $ref: '#/definitions/id' }, label: { type: 'string' }, text: blocks }, ['text'])),
  minItems: 1,
}

const noteGroups = listOf(
  objectOf(
    { kind: { type: 'string', enum: ['footnotes', 'author-notes', 'notes'] }, title: { type: 'string' }, notes },
    ['kind', 'notes'],
  ),
)
const abstracts = listOf(objectOf({ id: text, type: text, lang: text, title: text, content: blocks }))
const keywordGroups = listOf(objectOf({ type: text, lang: text, title: text, keywords: texts }))
const subjectGroups = listOf(objectOf({ type: text, lang: text, subjects: texts, groups: { type: 'array' } }))
const translatedTitles = listOf(objectOf({ lang: text, title: text, subtitle: text }, ['title']))
const alternativeTitles = listOf(objectOf({ type: text, title: text }, ['title']))
const relatedLinks = listOf(objectOf({ type: text, text, uri: { type: 'string', format: 'uri' } }))
const backSections = listOf(objectOf({ id: text, title: text, content: blocks }, ['content']))
const referenceLists = listOf(objectOf({ id: text, title: text, content: blocks, references: texts }))
const facts = listOf(objectOf({ type: text, lang: text, text }, ['type', 'text']))
const references = listOf({ $ref: '#/definitions/reference' })
const contributors = listOf(objectOf({ type: text, role: text, affiliations: listOf(place) }, ['type', 'role']))

const subArticles = listOf(
  objectOf(
    {
      type: text,
      id: text,
      lang: text,
      title: text,
      subtitle: text,
      translatedTitles,
      alternativeTitles,
      authors: listOf({ $ref: '#/definitions/author' }),
      contributors,
      affiliations: listOf(place),
      abstracts,
      keywords: texts,
      keywordGroups,
      subjects: subjectGroups,
      relatedLinks,
      content: blocks,
      backSections,
      references,
      referenceLists,
      facts,
      attribution: texts,
      subArticles: { type: 'array' },
    },
    ['type', 'id'],
  ),
)

/** By the part that has it and its name, with what it is for. */
export const matter: readonly { of: string; name: string; why: string; schema: JsonObject }[] = [
  {
    of: 'article',
    name: 'notes',
    why: 'Footnotes of the text, notes of authors, notes of the back matter, in groups.',
    schema: noteGroups,
  },
  { of: 'article', name: 'kind', why: 'What readers call its type.', schema: text },
  { of: 'article', name: 'language', why: '`xml:lang` of the article.', schema: text },
  { of: 'article', name: 'pages', why: 'The printed pages, as the XML counts them.', schema: text },
  { of: 'article', name: 'subtitle', why: 'What stands below the title.', schema: text },
  { of: 'article', name: 'translatedTitles', why: 'The title in other languages.', schema: translatedTitles },
  { of: 'article', name: 'alternativeTitles', why: 'Running heads and other short titles.', schema: alternativeTitles },
  { of: 'article', name: 'abstracts', why: 'Abstracts of other kinds and languages.', schema: abstracts },
  { of: 'article', name: 'keywordsTitle', why: 'The heading of the keywords where it is its own.', schema: text },
  { of: 'article', name: 'keywordGroups', why: 'Keywords of other kinds and languages.', schema: keywordGroups },
  { of: 'article', name: 'subjectGroups', why: 'Subjects of other classifications.', schema: subjectGroups },
  { of: 'article', name: 'contributors', why: 'Translators and others beside the byline.', schema: contributors },
  { of: 'article', name: 'affiliations', why: 'Affiliations that nobody points to.', schema: listOf(place) },
  {
    of: 'article',
    name: 'publicationEvents',
    why: 'Preprints and other events of the publication history.',
    schema: listOf(objectOf({ type: text, description: text, date: text, uri: { type: 'string', format: 'uri' } })),
  },
  { of: 'article', name: 'relatedLinks', why: 'Related things and products as described.', schema: relatedLinks },
  { of: 'article', name: 'backSections', why: 'Sections, glossaries and notes of the back.', schema: backSections },
  { of: 'article', name: 'referenceLists', why: 'Several reference lists, or one with words.', schema: referenceLists },
  { of: 'article', name: 'subArticles', why: 'Translations, responses, reports, each whole.', schema: subArticles },
  { of: 'article', name: 'facts', why: 'Entries of the metadata without a place of their own.', schema: facts },
  { of: 'reference', name: 'label', why: 'Its printed number.', schema: text },
  { of: 'reference', name: 'text', why: 'The whole as it is written.', schema: text },
  { of: 'reference', name: 'issue', why: 'The issue of the volume.', schema: text },
  { of: 'reference', name: 'remainder', why: 'What its type does not know.', schema: texts },
  { of: 'data-set', name: 'remainder', why: 'What the API does not know of it.', schema: texts },
]
