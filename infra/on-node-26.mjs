// Pulumi runs programs on the `node` of the PATH, and one older than 26 cannot load ours at all ("Unknown file extension .ts"), so this file and
// those that start a program are plain JavaScript.
import { RunError } from '@pulumi/pulumi'

const [major] = process.versions.node.split('.').map(Number)

/** Loads a program and runs it, or says which Node it needs. */
export async function onNode26(load) {
  if (major < 26)
    throw new RunError(
      `Continuum's program needs Node 26, but the node on the PATH is ${process.versions.node} (${process.execPath}). Install Node 26 (.nvmrc), or put that of the repository first: PATH="$PWD/../node_modules/node/bin:$PATH" pulumi ...`,
    )
  const { default: program } = await load()
  return program()
}
