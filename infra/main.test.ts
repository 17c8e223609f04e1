import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Starts the program on a Node that says it has this version; the module is loaded as Pulumi loads it. */
async function startOn(version: string): Promise<string> {
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const load = "import('./main.mjs').then((module) => module.default()).catch((error) => console.log(error.message))"
  const preload = `data:text/javascript,${encodeURIComponent(older)}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, '--eval', load], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  })
  return stdout
}

test('on an older Node the program says which one it needs, and how to get it', async () => {
  const said = await startOn('20.20.2')
  expect(said).toContain('needs Node 26, but the node on the PATH is 20.20.2')
  expect(said).toContain('node_modules/node/bin')
})
