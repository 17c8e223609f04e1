import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A copy of the project with an `infra` of its own, in which a test may change an environment and Pulumi may write its files. */
export interface Checkout extends Disposable {
  readonly folder: string
  /** Replaces a text in a file. @throws Error if the file does not contain it */
  change(file: string, from: string, to: string): void
}

export function newCheckout(): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'continuum-checkout-'))
  for (const name of ['apps', 'libs', 'package.json']) symlinkSync(join(root, name), join(folder, name))
  const ignored = ['node_modules', 'proofs', 'golden'].map((name) => `/${name}`)
  cpSync(join(root, 'infra'), join(folder, 'infra'), {
    recursive: true,
    filter: (path) => !ignored.some((each) => path.endsWith(each)) && !/Pulumi\..+\.yaml$/.test(path),
  })
  linkPackages(folder)
  return {
    folder,
    change(file, from, to) {
      const text = readFileSync(join(folder, file), 'utf8')
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`)
      writeFileSync(join(folder, file), text.replace(from, to))
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Links all packages to the project's own, except those in `infra`, which are the copy's. */
function linkPackages(folder: string): void {
  const link = (name: string, to: string) => {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(to, join(folder, 'node_modules', name))
  }
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@continuum' && !name.startsWith('.')) link(name, join(root, 'node_modules', name))
  for (const name of readdirSync(join(root, 'node_modules', '@continuum')))
    link(join('@continuum', name), join(root, 'node_modules', '@continuum', name))
  const ours = { environments: 'infra/environments', infra: 'infra' }
  for (const [name, place] of Object.entries(ours)) {
    rmSync(join(folder, 'node_modules', '@continuum', name), { force: true })
    link(join('@continuum', name), join(folder, place))
  }
}
