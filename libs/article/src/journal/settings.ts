import { Type, type Static } from 'typebox'
import { lossKinds } from './loss-kinds.ts'

/** Image formats that figures are delivered in. */
export const ImageFormat = Type.Union([
  Type.Literal('tiff'),
  Type.Literal('png'),
  Type.Literal('jpeg'),
  Type.Literal('gif'),
  Type.Literal('webp'),
  Type.Literal('avif'),
  Type.Literal('svg'),
  Type.Literal('eps'),
  Type.Literal('pdf'),
])
export type ImageFormat = Static<typeof ImageFormat>

/**
 * A journal as its JSON file says it. Five values make one: `name`, `publisher`, `prefix`, `doiPrefix` and `issn`; whatever
 * else is left out is that of a common JATS journal (`journalWithDefaults`).
 *
 * @example
 * { "name": "Journal of Examples", "publisher": "Example Press", "prefix": "joe",
 *   "doiPrefix": "10.5555/joe.", "issn": "1234-5679" }
 */
export type JournalSettings = Static<typeof JournalSettings>
export const JournalSettings = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'the title, as readers know it: "eLife"' }),
    publisher: Type.String({ minLength: 1, description: '"eLife Sciences Publications, Ltd"' }),
    prefix: Type.String({
      pattern: '^[a-z0-9]{1,20}$',
      description: 'the short name: packages and article ids begin with it and a hyphen: "elife"',
    }),
    doiPrefix: Type.String({
      pattern: '^10\\.[0-9]{4,}/',
      description: 'all of a DOI that stands before the article\'s number: "10.7554/eLife."',
    }),
    issn: Type.Optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{3}[0-9X]$', description: '"2050-084X"' })),
    default: Type.Optional(
      Type.Boolean({
        description:
          'whether ids of its articles are the bare numbers, 00353; those of all others begin with their prefix, ijm-00202. One journal of an environment is the default: the first, unless another says so',
      }),
    ),
    idDigits: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 20, description: 'a number of digits is padded with zeros to this many: 5' }),
    ),
    firstVolumeYear: Type.Optional(
      Type.Integer({
        description:
          'the year of volume 1, where there is one volume a year: 2012; absent: only a volume that the XML names',
      }),
    ),
    numberPattern: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'an article\'s number, as a regular expression without anchors: "[0-9]+", or "p(?:one|bio)\\\\.[0-9]{7}"',
      }),
    ),
    numberExample: Type.Optional(
      Type.String({ minLength: 1, description: 'a number for the examples in error messages: "pone.0012345"' }),
    ),
    numberFrom: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]*$' }), {
        minItems: 1,
        description:
          'where the number stands, the first that matches numberPattern: "doi" (after doiPrefix), "elocation-id", "file-name" (of the package), or a pub-id-type such as "publisher-id"',
      }),
    ),
    doi: Type.Optional(
      Type.Object(
        {
          required: Type.Optional(
            Type.Boolean({ description: 'false: an article whose XML has no DOI gets doiPrefix and its number' }),
          ),
          check: Type.Optional(
            Type.Union([Type.Literal('number'), Type.Literal('prefix'), Type.Literal('none')], {
              description:
                '"number": it must be doiPrefix and the number; "prefix": it must begin with doiPrefix; "none": any DOI is taken',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    elocationId: Type.Optional(
      Type.String({
        pattern: '\\{number\\}',
        description: 'made for an article whose XML names no elocation-id: "e{number}"; absent: none is made',
      }),
    ),
    fileStem: Type.Optional(
      Type.String({
        pattern: '\\{number\\}',
        description: 'with what the names of its files begin: "{prefix}-{number}", or "journal.{number}"',
      }),
    ),
    packageNames: Type.Optional(
      Type.Array(
        Type.String({
          minLength: 1,
          description:
            'the whole name of a package as a regular expression with the named group number, and perhaps status (poa or vor), revision, version and date (YYYYMMDDHHMMSS). {prefix} and {number} stand for the prefix and numberPattern: "journal\\\\.(?<number>{number})\\\\.zip"',
        }),
        { minItems: 1 },
      ),
    ),
    publishUnnamedFiles: Type.Optional(
      Type.Boolean({
        description:
          'true: files that the XML does not name become public too, if a person approves the publication; by default they do not',
      }),
    ),
    licences: Type.Optional(
      Type.Array(Type.String({ pattern: '^(?:any|none|https?://\\S+|words:.*\\S.*|[A-Z0-9]+(?:[.-][A-Z0-9]+)*)$' }), {
        minItems: 1,
        description:
          'licences that are taken: "CC-BY" of any version, "CC-BY-4.0" of one; an address, of the licence there; "words:..." of one in whose text they stand; "none" for an article without a licence; "any" whatever the XML says, with a finding',
      }),
    ),
    articleTypes: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'kinds that are taken, by type in article JSON or @article-type: "research-article"; absent: any',
      }),
    ),
    publicationDate: Type.Optional(
      Type.Object(
        {
          precision: Type.Optional(
            Type.Union([Type.Literal('day'), Type.Literal('month'), Type.Literal('year')], {
              description: 'how exact the XML must be: "day", "month" or "year"',
            }),
          ),
          types: Type.Optional(
            Type.Array(Type.String({ minLength: 1 }), {
              minItems: 1,
              description:
                'which pub-date counts, the best first, by date-type or pub-type; "electronic" is publication-format alone: ["pub", "epub", "collection"]',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    languages: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$' }), {
        minItems: 1,
        description: 'languages of articles that are taken, by xml:lang: ["en", "pt"]; absent: any',
      }),
    ),
    images: Type.Optional(
      Type.Object(
        {
          formats: Type.Optional(
            Type.Array(ImageFormat, {
              minItems: 1,
              description:
                'formats of figures: ["tiff", "png"]; absent: every one that is read, "eps" and "pdf" where a converter is installed',
            }),
          ),
          missing: Type.Optional(
            Type.Union([Type.Literal('problem'), Type.Literal('finding')], {
              description: 'what an image is that the XML names and the package lacks: "problem" fails the run',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    toleratedLosses: Type.Optional(
      Type.Array(Type.Enum(lossKinds), {
        description: 'kinds of loss that are a warning and stop nothing, by the kinds of the loss report: ["figure"]',
      }),
    ),
    publicApi: Type.Optional(
      Type.Boolean({
        description:
          "true: an article must also be valid by the public eLife API's schema, whose clients then get all that is published; false: one that is not is served as application/json",
      }),
    ),
    timeZone: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'the time zone in which publications are scheduled: "Europe/London"; absent: UTC',
      }),
    ),
  },
  { additionalProperties: false },
)

/** Journals that a process takes articles of: spread into the schema of its settings; `journalsOf` completes them. */
export const JournalsSetting = {
  JOURNALS: Type.Array(JournalSettings, {
    minItems: 1,
    description: 'the journals whose articles are taken, as a JSON array',
  }),
}
