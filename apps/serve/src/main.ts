import { runServices } from '@continuum/service'
import { services } from './services.ts'

/** Runs the named services in one process; all, if none is named. */
const names = process.argv.slice(2)
const known: readonly string[] = services.map(({ name }) => name)
const strangers = names.filter((name) => !known.includes(name))
if (strangers.length > 0) {
  process.stderr.write(`serve: no service is named ${strangers.join(', ')}; there are ${known.join(', ')}\n`)
  process.exit(2)
}
await runServices(...services.filter(({ name }) => names.length === 0 || names.includes(name)))
