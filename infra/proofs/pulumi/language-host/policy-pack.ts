import { createRequire } from 'node:module'

/**
 * Loads a policy pack, which then serves. The SDK's own entry (`@pulumi/pulumi/cmd/run-policy-pack`) always loads a compiler first,
 * through an interface that TypeScript 7 does not have; Node needs none.
 */
const [, folder = '', ...rest] = process.argv.slice(2)
process.argv.splice(2, process.argv.length, ...rest)
createRequire(import.meta.url)(folder)
