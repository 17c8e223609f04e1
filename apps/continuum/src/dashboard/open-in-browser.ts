import { spawn } from 'node:child_process'
import { platform } from 'node:os'

/** The program that opens an address in a person's browser. */
const opener = () => (platform() === 'darwin' ? 'open' : platform() === 'win32' ? 'explorer' : 'xdg-open')

/** Opens an address in the person's browser; false where this machine has none, as on a server. */
export function openInBrowser(address: string, program = opener()): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, [address], { stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}
