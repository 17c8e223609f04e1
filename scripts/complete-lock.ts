import { readFileSync, writeFileSync } from 'node:fs'

/** One package in package-lock.json, as far as it concerns platforms. */
export interface LockEntry {
  version?: string
  resolved?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}
export interface LockFile {
  packages: Record<string, LockEntry>
}

const systems = ['darwin', 'freebsd', 'linux', 'win32', 'android', 'openharmony']
const processors = ['arm64', 'x64', 'arm', 'ppc64', 'riscv64', 's390x', 'ia32', 'wasm32']

/** Optional packages that the lock file's packages name and that have no entry of their own, with the one that names them. */
export function missingPlatforms(lock: LockFile): { name: string; version: string; parent: LockEntry }[] {
  return Object.entries(lock.packages).flatMap(([path, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(([name]) => !lock.packages[`${path}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`])
      .map(([name, version]) => ({ name, version: version.replace(/^[\^~]/, ''), parent })),
  )
}

/** The lock entry of a platform's package, told from its name (`@nx/nx-linux-arm64-musl`). */
export function platformEntry(name: string, version: string, parent: LockEntry): LockEntry {
  const words = name.slice(name.indexOf('/') + 1).split('-')
  const os = words.find((word) => systems.includes(word))
  const cpu = words.find((word) => processors.includes(word))
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(parent.dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  }
}

// Run as a program after `npm install` from a registry that serves only some platforms' packages (a mirror): npm leaves the
// others out of package-lock.json, and `npm ci` then refuses the file everywhere. This adds them again.
if (import.meta.main) {
  const lock: LockFile = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const missing = missingPlatforms(lock)
  for (const { name, version, parent } of missing)
    lock.packages[`node_modules/${name}`] = platformEntry(name, version, parent)
  const [own, ...packages] = Object.entries(lock.packages)
  if (own) lock.packages = Object.fromEntries([own, ...packages.toSorted(([a], [b]) => (a < b ? -1 : 1))])
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${missing.length} packages of other platforms added to package-lock.json`)
}
