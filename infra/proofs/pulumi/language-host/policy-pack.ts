import { createRequire } from 'node:module'

/**
 * Loads a policy pack, which then serves. The SDK's own entry (`@pulumi/pulumi/cmd/run-policy-pack`) loads a compiler first,
 * asked to or not, by an interface that TypeScript 7 does not have; Node needs none.
 */
const [, folder = '', ...rest] = process.argv.slice(2)
process.argv.splice(2, process.argv.length, ...rest)
createRequire(import.meta.url)(folder)
