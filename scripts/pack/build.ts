import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Library } from './libraries.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  name: string
  version: string
  bin?: Record<string, string>
  exports: Record<string, string>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  scripts?: unknown
  devDependencies?: unknown
  nx?: unknown
}

/** Files for our own tests alone: no package holds them. */
const forTestsAlone = /\.(test|fixture)\.(ts|json)$|\/testing\/internal\/|\/migrations\.fixture\//

/**
 * Builds a library to plain JavaScript with declarations and packs it.
 *
 * @param version of the package, and of our own packages that it depends on
 * @param out an existing folder
 * @returns the path of the `.tgz`
 * @throws {Error} with the compiler's output when the library does not compile
 */
export function pack(library: Library, version: string, out: string): string {
  const folder = mkdtempSync(join(tmpdir(), `pack-${library}-`))
  const manifest: Manifest = JSON.parse(readFileSync(join(root, 'libs', library, 'package.json'), 'utf8'))
  const exportsTestKit = './testing' in manifest.exports
  const notPacked = ['**/*.test.ts', '**/*.fixture.ts', exportsTestKit ? '**/testing/internal/**' : '**/testing/**']
  try {
    compile(library, folder, notPacked)
    copyOtherFiles(library, folder)
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packed(manifest, version), null, 2)}\n`)
    const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', out], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [{ filename }]: [{ filename: string }] = JSON.parse(said)
    return join(out, filename)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Sources become `dist/`, each module with its declarations. */
function compile(library: Library, folder: string, notPacked: readonly string[]): void {
  const source = join(root, 'libs', library, 'src')
  // Beside the sources, so that their packages are found as always.
  const config = join(root, 'libs', library, 'tsconfig.pack.json')
  const options = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      resolveJsonModule: true,
      rootDir: source,
      outDir: join(folder, 'dist'),
    },
    include: [source],
    exclude: [...notPacked, '**/node_modules'],
  }
  writeFileSync(config, JSON.stringify(options))
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config], { encoding: 'utf8' })
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
    throw new Error(`@continuum/${library} does not compile:\n${said}`, { cause: error })
  } finally {
    rmSync(config)
  }
  for (const name of globSync('dist/**/*.d.ts', { cwd: folder })) {
    const path = join(folder, name)
    // The compiler rewrites the extensions of imports in modules, not in declarations.
    const text = readFileSync(path, 'utf8').replaceAll(/((?:from|import\()\s*'\.{1,2}\/[^']+)\.ts'/g, "$1.js'")
    writeFileSync(path, text)
  }
}

/** Copies what a library reads at run time beside its modules, its texts, and the licence. */
function copyOtherFiles(library: Library, folder: string): void {
  const from = join(root, 'libs', library)
  for (const name of globSync('src/**/*.{json,sql,css}', { cwd: from })) {
    if (forTestsAlone.test(name)) continue
    const target = join(folder, name.replace(/^src\//, 'dist/'))
    mkdirSync(dirname(target), { recursive: true })
    cpSync(join(from, name), target)
  }
  for (const name of globSync('schema/**/*.{js,json,md,xsd}', { cwd: from }).concat(
    globSync('schema/**/LICENSE*', { cwd: from }),
  ))
    cpSync(join(from, name), join(folder, name))
  for (const name of ['README.md', 'DESIGN.md']) cpSync(join(from, name), join(folder, name))
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}

const built = (path: string) => path.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '.js')

/** The manifest as it is published: built files instead of sources, nothing of the workspace. */
function packed(manifest: Manifest, version: string): object {
  const { scripts: _scripts, devDependencies: _tests, nx: _nx, ...kept } = manifest
  const ours = (dependencies: Record<string, string> | undefined) =>
    dependencies &&
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [name, name.startsWith('@continuum/') ? version : range]),
    )
  return {
    ...kept,
    version,
    ...(manifest.bin && {
      bin: Object.fromEntries(Object.entries(manifest.bin).map(([name, path]) => [name, built(path)])),
    }),
    exports: Object.fromEntries(
      Object.entries(manifest.exports).map(([name, path]) => [
        name,
        path.endsWith('.ts') ? { types: built(path).replace(/\.js$/, '.d.ts'), default: built(path) } : path,
      ]),
    ),
    ...(manifest.dependencies && { dependencies: ours(manifest.dependencies) }),
    ...(manifest.peerDependencies && { peerDependencies: ours(manifest.peerDependencies) }),
    files: ['dist', 'schema', 'DESIGN.md'],
  }
}
