/**
 * Measures aws-local, each figure against its budget or against bare work in the same run:
 *
 *     node bench/aws/main.ts            # a GB through S3, a thousand open executions
 *     node bench/aws/main.ts --short    # smaller, for CI
 *
 * Prints a line each. Every server is a process of its own, with state that survives its kill.
 */
import { parseArgs } from 'node:util'
import { measureLargeObject } from './large-object.ts'
import { measureMessages } from './messages.ts'
import { measureOpenExecutions } from './open-executions.ts'
import { measureWake } from './wake.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })

console.log(await measureWake(20))
console.log(await measureMessages(values.short ? 5_000 : 30_000))
console.log(await measureLargeObject(values.short ? 128 : 1024))
console.log(await measureOpenExecutions(values.short ? 200 : 1000))
