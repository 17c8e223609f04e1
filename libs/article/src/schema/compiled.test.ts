import { Ajv, type ValidateFunction } from 'ajv'
import Draft04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { converted } from '../testing/converted.ts'
import { areThere, readSharedJson } from '../testing/real-articles.ts'
import { compileSchema } from './compile.ts'
import { isValid } from './compiled.ts'
import { joinSchemas } from './join.ts'
import { fileOf, publicSchemas, type SchemaName } from './public-schemas.ts'

const text = (path: string) => readFileSync(new URL(`../../schema/${path}`, import.meta.url), 'utf8')
const read = (path: string) => JSON.parse(text(path))

test('the compiled schemas are those of the folder: node libs/article/src/schema/write.ts', () => {
  const all = (['article', ...publicSchemas] as const).map((name) => [name, read(fileOf(name))])
  expect(
    compileSchema(joinSchemas(Object.fromEntries(all))) === text('compiled.js'),
    'compiled.js is out of date',
  ).toBe(true)
})

describe('a joined schema', () => {
  const name = { type: 'string', pattern: `^${'[a-z]'.repeat(40)}$`, title: 'Name' }
  const tree = {
    properties: { name, title: { type: 'string', description: 'Not of the schema, of the tree' } },
    definitions: { child: { type: 'array', items: { $ref: '#' }, minItems: 1, description: 'Trees' } },
  }

  test('holds a part of several schemas once, without its words', () => {
    const joined = joinSchemas({ one: { properties: { name } }, other: { properties: { first: name, last: name } } })
    expect(Object.keys(Object(joined['definitions']))).toHaveLength(1)
    expect(JSON.stringify(joined).split('[a-z]')).toHaveLength(41)
    expect(JSON.stringify(joined)).not.toContain('Name')
  })

  test('keeps properties that are called title and description, and schemas that contain themselves', () => {
    const joined = joinSchemas({
      tree: { ...tree, properties: { ...tree.properties, in: { $ref: '#/definitions/child' } } },
    })
    const check = new Ajv({ strict: false }).compile(joined)
    expect(check({ tree: { title: 'A', in: [{ in: [{ title: 'B' }] }] } })).toBe(true)
    expect(check({ tree: { title: 'A', in: [{ in: [{ title: 5 }] }] } })).toBe(false)
    expect(check({ tree: { in: [{ in: [] }] } })).toBe(false)
  })

  test('with a reference to nothing is none', () => {
    const lost = { properties: { a: { $ref: '#/definitions/b' } } }
    expect(() => joinSchemas({ lost })).toThrow('The schema lost has nothing at /definitions/b.')
  })
})

test('a schema whose code needs more than patterns and formats is not compiled', () => {
  expect(() => compileSchema({ enum: [{ a: 1 }] })).toThrow('is not compiled')
  expect(() => compileSchema({ unevaluatedProperties: false })).toThrow('is not compiled')
  expect(() => compileSchema({ format: 'colour' })).toThrow('ajv-formats has no format colour')
})

describe('what is compiled ahead of time says what ajv says', () => {
  const withFormats = <A extends Ajv>(ajv: A): A => (formats.default(ajv), ajv)
  const ours = withFormats(new Ajv({ strict: false, discriminator: true })).compile(read('article.json'))
  const theirs = publicSchemas.map((name): [SchemaName, ValidateFunction] => {
    const ajv = withFormats(new Draft04.default({ strict: false, validateSchema: false }))
    return [name, ajv.compile(read(fileOf(name)))]
  })
  const all: [SchemaName, ValidateFunction][] = [['article', ours], ...theirs]
  const real = areThere ? ['elife-00353-v1', 'elife-03401-v1', 'elife-03401-v3'] : []
  const samples = [
    converted({}),
    ...real.map((name) => Object(readSharedJson(`lax-data/article-json/${name}.xml.json`)).article),
  ]
  const agree = (article: unknown) => {
    for (const [name, byAjv] of all) expect(isValid(name, article), name).toBe(byAjv(article))
  }

  test.for(samples.map((article) => [Object(article).id, Object(article).version, article]))(
    'of %s v%s, and of it with anything changed',
    ([, , article]) => {
      agree(article)
      const places = placesIn(article)
      fc.assert(
        fc.property(fc.constantFrom(...places), fc.option(values, { nil: undefined }), (place, value) =>
          agree(changed(article, place, value)),
        ),
        { numRuns: 100 },
      )
    },
  )
})

/** Values that stand in articles, and some that stand in none. */
const values = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, '', 'text', [], {}, [{}], 'http://example.org/a b', 'a@b.example'),
  fc.constantFrom<unknown>(
    'vor',
    'poa',
    'paragraph',
    'section',
    'research-article',
    '2020-02-30T00:00:00Z',
    'CC-BY-4.0',
  ),
  fc.constantFrom<unknown>({ type: 'paragraph', text: 'A' }, [{ type: 'paragraph', text: 'A' }], { type: 'nothing' }),
  fc.string(),
)

/** The places of all values in a value: keys from the outside in. */
function placesIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))]
}

/** A copy with another value at a place; undefined takes it away. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to
  const inner = changed(Reflect.get(Object(value), key), rest, to)
  if (Array.isArray(value))
    return value.flatMap((item, index) => (index === Number(key) ? (inner === undefined ? [] : [inner]) : [item]))
  const { [key]: _, ...others } = Object(value)
  return inner === undefined ? others : { ...others, [key]: inner }
}
