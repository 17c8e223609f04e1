// The start of the Pulumi program. Pulumi runs it on the `node` of the PATH, and one older than 26 cannot load the program at all
// ("Unknown file extension .ts"), so this file is plain JavaScript.
import { RunError } from '@pulumi/pulumi'

const [major] = process.versions.node.split('.').map(Number)

/** Runs the program, or says which Node it needs. */
export default async function main() {
  if (major < 26)
    throw new RunError(
      `Continuum's program needs Node 26, but the node on the PATH is ${process.versions.node} (${process.execPath}). Install Node 26 (.nvmrc), or put that of the repository first: PATH="$PWD/../node_modules/node/bin:$PATH" pulumi ...`,
    )
  const { default: program } = await import('./index.ts')
  return program()
}
