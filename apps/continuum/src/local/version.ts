import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../../../../', import.meta.url)

let known: string | undefined

/** The version of this program, with the commit of the checkout where it is one: `0.0.0 (2e365f1)`. */
export function versionOfCheckout(): string {
  return (known ??= readVersion())
}

function readVersion(): string {
  const { version } = Object(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')))
  try {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: fileURLToPath(root),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return `${version} (${commit.trim()})`
  } catch {
    return String(version)
  }
}
