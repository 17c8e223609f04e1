import type { JsonObject } from './json-schema.ts'
import { matter, notes } from './matter.ts'

const block = '/allOf/2/properties/acknowledgements/items'

/** The parts of the public API's schema that ours calls by a name: `{ "$ref": "#/definitions/doi" }`. */
export const names = {
  doi: '/allOf/0/allOf/0/properties/doi',
  instant: '/allOf/0/allOf/0/properties/published',
  snippet: '/allOf/0/allOf/0',
  attributed: '/allOf/0/allOf/0/properties/image/properties/thumbnail/allOf/0',
  file: '/allOf/0/allOf/0/properties/image/properties/thumbnail/allOf/1/properties/source',
  image: '/allOf/0/allOf/0/properties/image/properties/thumbnail',
  id: '/allOf/2/properties/editorEvaluation/properties/id',
  paragraph: '/allOf/1/allOf/1/properties/ethics/items',
  author: '/allOf/1/allOf/1/properties/authors/items',
  person: '/allOf/1/allOf/1/properties/reviewers/items/allOf/0',
  'postal-address': '/allOf/1/allOf/1/properties/authors/items/oneOf/1/allOf/0/properties/postalAddresses/items',
  place: '/allOf/2/properties/references/items/definitions/book/properties/publisher',
  book: '/allOf/2/properties/references/items/definitions/book',
  pages: '/allOf/2/properties/references/items/definitions/pages',
  date: '/allOf/2/properties/references/items/allOf/0/properties/date',
  reference: '/allOf/2/properties/references/items',
  'additional-file': '/allOf/1/allOf/1/properties/additionalFiles/items',
  'data-set': '/allOf/1/allOf/1/properties/dataSets/properties/generated/items',
  captioned: `${block}/oneOf/0/oneOf/0/oneOf/16/allOf/0`,
  list: `${block}/oneOf/0/oneOf/0/oneOf/2/properties/content/items/oneOf/1`,
  formula: `${block}/oneOf/0/oneOf/0/oneOf/2/properties/content/items/oneOf/2`,
  table: `${block}/oneOf/0/oneOf/0/oneOf/2/properties/content/items/oneOf/4`,
  'inner-block': `${block}/oneOf/0/oneOf/0`,
  section: '/allOf/2/properties/body/items/allOf/0',
  block,
} as const

/** Something that ours allows and the public API does not. */
interface Loosening {
  /** A sentence for the README. */
  readonly allows: string
  readonly why: string
  readonly changes: readonly {
    /** In the derived schema, where shared parts stand under `/definitions` and the rest as in the public API's. */
    readonly at: string
    /** Not required any more. */
    readonly optional?: readonly string[]
    /** Another schema in its place; `null` takes the condition away. */
    readonly becomes?: JsonObject | null
  }[]
}

const snippet = '/definitions/snippet'
const content = '/allOf/1/allOf/1'
const vor = '/allOf/2'
const text: JsonObject = { type: 'string' }
const anyBlocks: JsonObject = { type: 'array', items: { $ref: '#/definitions/block' } }

/** The places where ours is looser, and why. `libs/article/schema/README.md` lists it, and a test holds the two together. */
export const loosenings: readonly Loosening[] = [
  {
    allows: 'A PoA may have everything that a VoR has, and a VoR may be without body.',
    why: 'One schema for both. Corrections and abstracts of other journals have metadata alone.',
    changes: [
      { at: '/allOf/0/allOf/2/properties/status', becomes: { type: 'string', enum: ['poa', 'vor'] } },
      { at: vor, optional: ['body'] },
    ],
  },
  {
    allows: 'Any article type in small letters, digits and hyphens.',
    why: 'JATS leaves `article-type` to the journal: case reports, letters, obituaries.',
    changes: [{ at: `${snippet}/properties/type`, becomes: { type: 'string', pattern: '^[a-z0-9-]+$' } }],
  },
  {
    allows: 'Any licence, as the name of one or as an address, and no holder or statement.',
    why: 'Journals publish under CC BY-NC, government licences and their own terms; what is not written is not invented.',
    changes: [
      {
        at: `${content}/properties/copyright`,
        becomes: {
          type: 'object',
          properties: {
            license: text,
            licenseUri: { type: 'string', format: 'uri' },
            holder: text,
            statement: text,
            year: text,
          },
        },
      },
      { at: content, optional: ['copyright'] },
    ],
  },
  {
    allows: 'No elocation-id, no volume, no DOI; a volume may be text.',
    why: 'Many journals number pages instead, volumes are called `12A`, and small journals register no DOIs.',
    changes: [
      { at: snippet, optional: ['elocationId', 'volume', 'doi'] },
      { at: `${snippet}/properties/volume`, becomes: { type: ['integer', 'string'], minimum: 1, minLength: 1 } },
      { at: `${content}/properties/issue`, becomes: { type: ['integer', 'string'], minimum: 1, minLength: 1 } },
    ],
  },
  {
    allows: 'A reference without a date, and an unknown one without authors or title.',
    why: 'No year is invented. A citation that is only text is kept as text.',
    changes: [
      { at: '/definitions/reference', optional: ['date'] },
      { at: '/definitions/reference-unknown', optional: ['authors', 'title'] },
    ],
  },
  {
    allows: 'A data set without date and authors.',
    why: 'Some are named by their address alone.',
    changes: [{ at: '/definitions/data-set', optional: ['date', 'authors'] }],
  },
  {
    allows: 'Sections, figures, tables, videos and supplements without id or label, boxes without title.',
    why: 'An id is for links, and an element without one is no target. A label that is not written is not shown.',
    changes: [
      { at: `${vor}/properties/body/items`, optional: ['id'] },
      { at: '/definitions/block-figure/properties/assets/items', optional: ['id', 'label'] },
      { at: '/definitions/block-box', optional: ['title'] },
      { at: '/definitions/additional-file', optional: ['id', 'label'] },
    ],
  },
  {
    allows: 'Images and videos at any absolute address.',
    why: 'In the local environment they are served without TLS.',
    changes: [
      { at: '/definitions/image/allOf/1/properties/uri', becomes: { type: 'string', format: 'uri' } },
      {
        at: '/definitions/block-video/allOf/2/properties/sources/items/properties/uri',
        becomes: { type: 'string', format: 'uri' },
      },
    ],
  },
  {
    allows: 'An image without size, and files with any name.',
    why: 'Of an image that is elsewhere, or that moves, nobody counts the pixels. Publishers name their files as they like.',
    changes: [
      { at: '/definitions/image/allOf/1', optional: ['size'] },
      { at: '/definitions/file/properties/filename', becomes: { type: 'string', minLength: 1 } },
    ],
  },
  {
    allows: 'A group of one person, and a letter without description.',
    why: 'They are written so; no line is lost for want of a second.',
    changes: [
      {
        at: '/definitions/author-group/allOf/1/allOf/1',
        becomes: { properties: { people: { type: 'array', items: { $ref: '#/definitions/person' }, minItems: 1 } } },
      },
      { at: `${vor}/properties/decisionLetter`, optional: ['description'] },
    ],
  },
  {
    allows: 'Funding without a statement, an award without a funder, and a letter without title.',
    why: 'No sentence, funder or heading is invented.',
    changes: [
      { at: `${content}/properties/funding`, optional: ['statement'] },
      { at: `${content}/properties/funding/properties/awards/items`, optional: ['source'] },
      { at: `${vor}/properties/publicReviews/items`, optional: ['title'] },
      { at: '/allOf/0/allOf/1/properties/elifeAssessment', optional: ['title'] },
    ],
  },
  {
    allows: 'A note of a table with a label and no id, or with an id and no label.',
    why: 'Notes are marked by signs in the cells, which are no links.',
    changes: [
      {
        at: '/definitions/table/allOf/2/properties/footnotes/items/dependencies',
        becomes: null,
      },
    ],
  },
  {
    allows: 'Every kind of block wherever some kinds of blocks are allowed.',
    why: 'JATS has formulas in captions, lists in notes, tables in quotes and figures in boxes.',
    changes: [],
  },
]

/** A kind of block that the public API does not know. */
interface BlockKind {
  readonly type: string
  readonly why: string
  readonly required?: readonly string[]
  readonly properties: JsonObject
}

const ids: JsonObject = { type: 'array', minItems: 1, items: { $ref: '#/definitions/id' } }
const word: JsonObject = { type: 'string', minLength: 1 }
const flag: JsonObject = { type: 'boolean' }
const legend = {
  id: { $ref: '#/definitions/id' },
  doi: { $ref: '#/definitions/doi' },
  label: word,
  title: word,
  caption: anyBlocks,
  attribution: { type: 'array', items: text },
  longDescription: word,
}

/** Kinds of blocks of ours. */
export const blockKinds: readonly BlockKind[] = [
  {
    type: 'audio',
    why: 'Something to hear, in one or several formats, with what a video has.',
    required: ['sources'],
    properties: {
      ...legend,
      sources: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['mediaType', 'uri'],
          properties: {
            mediaType: { type: 'string', pattern: '^audio/' },
            uri: { type: 'string', format: 'uri' },
          },
        },
      },
      sourceData: { type: 'array', items: { $ref: '#/definitions/additional-file' } },
    },
  },
]

/** A property that something of the public API has in ours. */
interface Property {
  /** A name of `names`, `block-<type>` or `reference-<type>`; `article` is the whole. */
  readonly of: string
  readonly name: string
  readonly why: string
  readonly schema: JsonObject
}

/** Properties of ours. */
export const properties: readonly Property[] = [
  {
    of: 'block',
    name: 'anchors',
    why: 'Ids that links lead to, of elements that have no block of their own and begin here.',
    schema: ids,
  },
  {
    of: 'paragraph',
    name: 'isHeading',
    why: 'The text, in bold, is a heading where the public API knows no sections: in boxes, lists and quotes.',
    schema: flag,
  },
  { of: 'formula', name: 'tex', why: 'The formula in TeX, where the article gives it.', schema: word },
  {
    of: 'list',
    name: 'start',
    why: 'Number of the first item of a list that continues another.',
    schema: { type: 'integer', minimum: 1 },
  },
  {
    of: 'block-image',
    name: 'furtherImages',
    why: 'All images of a figure but the first.',
    schema: { type: 'array', minItems: 1, items: { $ref: '#/definitions/image' } },
  },
  ...['block-image', 'table', 'block-video', 'additional-file'].map((of) => ({
    of,
    name: 'longDescription',
    why: 'What it shows or holds, at length, for those who do not see it.',
    schema: word,
  })),
  { of: 'block-image', name: 'isFormula', why: 'The image is a formula, its label the number of it.', schema: flag },
  { of: 'block-image', name: 'footnotes', why: 'Notes of a table that is an image.', schema: notes },
  ...Object.entries(legend).map(([name, schema]) => ({
    of: 'block-figure',
    name,
    why: 'A group of figures under one number, title and caption.',
    schema,
  })),
  ...matter,
]
