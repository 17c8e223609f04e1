// After `npm install` with a registry that serves only some platforms' packages (a mirror), npm leaves the others out of
// package-lock.json, and `npm ci` then refuses the file everywhere. This adds them again: name, exact version, platform.
import { readFileSync, writeFileSync } from 'node:fs'

const systems = ['darwin', 'freebsd', 'linux', 'win32', 'android', 'openharmony']
const processors = ['arm64', 'x64', 'arm', 'ppc64', 'riscv64', 's390x', 'ia32', 'wasm32']

/** Optional packages that the lock file's packages name and that have no entry of their own: `[name, version, parent's entry]`. */
export function missingPlatforms(lock) {
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !lock.packages[`${path}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`])
      .map(([name, version]) => [name, version.replace(/^[\^~]/, ''), entry]),
  )
}

/** The lock entry of a platform's package, told from its name (`@nx/nx-linux-arm64-musl`). */
export function platformEntry(name, version, parent) {
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

if (import.meta.main ?? process.argv[1]?.endsWith('complete-lock.mjs')) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const missing = missingPlatforms(lock)
  for (const [name, version, parent] of missing)
    lock.packages[`node_modules/${name}`] = platformEntry(name, version, parent)
  const [own, ...packages] = Object.entries(lock.packages)
  lock.packages = Object.fromEntries([own, ...packages.toSorted(([a], [b]) => (a < b ? -1 : 1))])
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${missing.length} packages of other platforms added to package-lock.json`)
}
