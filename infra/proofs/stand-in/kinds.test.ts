import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { kindOf, knownTypes } from './kinds.ts'

const require = createRequire(import.meta.url)

/** The SDK's own source of a type: `aws:sqs/queue:Queue` is `sqs/queue.js` of `@pulumi/aws`. */
function sourceOf(type: string): string {
  const [library = '', path = ''] = type.split(':')
  const folder = dirname(require.resolve(`@pulumi/${library}/package.json`))
  return readFileSync(join(folder, `${path.replace(/^index\//, '')}.js`), 'utf8')
}

test.each(knownTypes())('%s is a type of the SDK, and has the properties of which the stand-in speaks', (type) => {
  const source = sourceOf(type)
  expect(source).toContain(`'${type}'`)
  const inputs = new Set([...source.matchAll(/resourceInputs\["(\w+)"\] = (?!undefined)/g)].map(([, name]) => name))
  const { named, replaces, rules } = kindOf(type)
  const spoken = [...(named === undefined ? [] : [named]), ...replaces, ...rules.map(({ property }) => property)]
  expect(spoken.filter((property) => !inputs.has(property))).toEqual([])
})

test.each(knownTypes())('what the stand-in answers of %s are outputs of it', (type) => {
  const outputs = new Set([...sourceOf(type).matchAll(/resourceInputs\["(\w+)"\] = /g)].map(([, name]) => name))
  const { made } = kindOf(type)
  const answered = made({
    name: 'name',
    inputs: { length: 8, byteLength: 8, manageMasterUserPassword: true },
    context: { region: 'us-east-1', account: '123456789012' },
    digits: '0123456789abcdef'.repeat(4),
    arn: (service, rest) => `arn:aws:${service}:us-east-1:123456789012:${rest}`,
    text: (property) => property,
  })
  expect(Object.keys(answered).filter((property) => property !== 'id' && !outputs.has(property))).toEqual([])
})
