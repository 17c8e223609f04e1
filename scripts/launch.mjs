import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Refusal, install, node, root } from './install.mjs'

/**
 * Installs what is missing, then runs `commands` on Node 26 one after the other until one fails, passing signals on.
 * Never returns: it ends the process with the last one's exit code (130 and 143 for Ctrl-C and SIGTERM).
 */
export async function launch(set, commands) {
  try {
    await install(set)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exit(1)
  }
  for (const args of commands) {
    const code = await run(args, set === 'run' ? compiled : {})
    if (code !== 0) process.exit(code)
  }
  process.exit(0)
}

/** What Node compiled is kept, for a faster next start. */
const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') }

function run(args, more) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...more, ...process.env } })
  // A terminal sends Ctrl-C to the child as well; a SIGTERM comes to this process alone.
  const pass = (signal) => () => signal === 'SIGTERM' && child.kill(signal)
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, pass(signal)])
  for (const [signal, handler] of handlers) process.on(signal, handler)
  return new Promise((resolve) =>
    child.on('close', (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    }),
  )
}
