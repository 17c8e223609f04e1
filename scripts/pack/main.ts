import { mkdirSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pack } from './build.ts'
import { libraries, type Library } from './libraries.ts'
import { tryPackage } from './try.ts'

/**
 * `npm run -s pack [-- --out DIR --version X.Y.Z]`: packs the libraries that others can use, then installs each in an empty folder
 * and runs what its README shows. Exit code 1 where one does not work there.
 */
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'packages' }, version: { type: 'string', default: '0.0.0' } },
})
if (!/^\d+\.\d+\.\d+/.test(values.version)) {
  console.error(`--version ${values.version} is not a version: write it as 1.2.3`)
  process.exit(2)
}
const out = resolve(values.out)
mkdirSync(out, { recursive: true })
const files = new Map<Library, string>()
for (const library of libraries) files.set(library, pack(library, values.version, out))

/** Libraries of ours that a README's first command installs beside its own. */
const beside: Partial<Record<Library, readonly Library[]>> = {
  'workflow-core': ['aws-local'],
  'stand-ins': ['crossref-schema'],
}
let failed = 0
for (const library of libraries) {
  const needed = [library, ...(beside[library] ?? [])].flatMap((name) => files.get(name) ?? [])
  try {
    await tryPackage(library, needed)
    console.log(`works  ${basename(files.get(library) ?? '')} in an empty folder`)
  } catch (error) {
    failed++
    console.log(`FAILS  @continuum/${library}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
process.exitCode = failed > 0 ? 1 : 0
