import { fullFormats } from 'ajv-formats/dist/formats.js'
import { Format } from 'typebox/format'
import { Build } from 'typebox/schema'
import { mapObjects, type JsonObject } from './json-schema.ts'

/**
 * Compiles a schema ahead of time to the text of a module, whose default export tells whether a value is valid by it, and not why. Formats are
 * those of ajv-formats, so that the answer is ajv's.
 *
 * @throws {TypeError} for a schema whose code needs what this text can't hold
 */
export function compileSchema(schema: JsonObject): string {
  const formats = new Map<unknown, string>()
  const named = mapObjects(schema, (object) => {
    const { format } = object
    if (typeof format !== 'string') return object
    const check = formatOf(format)
    // Formats are the process's own: under other names, no other schema meets these.
    const name = `ajv ${format}`
    Format.Set(name, check)
    formats.set(Format.Get(name), `formats[${JSON.stringify(format)}]`)
    return { ...object, format: name }
  })
  const build = Build(Object(named))
  if (build.UseUnevaluated()) throw new TypeError('A schema that asks for what was not evaluated is not compiled')
  const { identifier, variables } = build.External()
  const externals = variables.map((variable) => {
    const text = variable instanceof RegExp ? String(variable) : formats.get(variable)
    if (text === undefined) throw new TypeError(`A schema that needs ${JSON.stringify(variable)} is not compiled`)
    return text
  })
  return [
    `// The compiled schemas: written by src/schema/write.ts`,
    `import { fullFormats } from 'ajv-formats/dist/formats.js'`,
    `import { Guard } from 'typebox/guard'`,
    `import { Hashing } from 'typebox/system'`,
    `const test = (format) => (format instanceof RegExp ? (value) => format.test(value) : (format.validate ?? format))`,
    `const formats = Object.fromEntries(Object.entries(fullFormats).map(([name, format]) => [name, test(format)]))`,
    `const ${identifier} = [\n${externals.join(',\n')}\n]`,
    ...build.Functions(),
    `export default (value) => ${build.Entry()}`,
    '',
  ].join('\n')
}

/** A format of ajv's, as a function. */
function formatOf(name: string): (value: string) => boolean {
  const format: unknown = Object(fullFormats)[name]
  if (format instanceof RegExp) return (value) => format.test(value)
  const check: unknown = typeof format === 'function' ? format : Object(format).validate
  if (typeof check !== 'function') throw new TypeError(`ajv-formats has no format ${name}`)
  return (value) => Boolean(check(value))
}
