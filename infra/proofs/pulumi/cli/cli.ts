import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const command = 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi'

/**
 * Finds the folder of the Pulumi CLI: the one on the PATH, or one built from its Go module (four minutes on two processors the first
 * time, seconds from Go's cache) and kept in the user's cache folder.
 *
 * @throws Error if there is neither a CLI nor Go
 */
export async function pulumiFolder(): Promise<string> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).find((each) => existsSync(join(each, 'pulumi')))
  if (onPath !== undefined) return onPath
  const version = /pulumi\/pkg\/v3 (v[\d.]+)/.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1] ?? ''
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const kept = join(cache, 'continuum-ci', 'pulumi', version)
  if (!existsSync(join(kept, 'pulumi'))) await build(version, kept)
  return kept
}

async function build(version: string, kept: string): Promise<void> {
  try {
    execFileSync('go', ['version'], { stdio: 'pipe' })
  } catch (cause) {
    throw new Error('Neither the Pulumi CLI nor Go to build it is on the PATH: install one of them', { cause })
  }
  process.stderr.write(
    `Building the Pulumi CLI ${version} from its Go module; the first time takes about four minutes ... `,
  )
  const began = performance.now()
  mkdirSync(kept, { recursive: true })
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`
  // An interrupted build must not leave a partial file under the final name.
  const unfinished = join(kept, `pulumi.${process.pid}`)
  const go = spawn('go', ['build', '-buildvcs=false', '-ldflags', flags, '-o', unfinished, command], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(go, 'close')
  if (code !== 0) throw new Error(`Building the Pulumi CLI failed: go build ended with ${code}`)
  renameSync(unfinished, join(kept, 'pulumi'))
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s\n`)
}
