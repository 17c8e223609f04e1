import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A call of AWS, by the SDK's package and the name that is imported from it. */
export type Call = `${string} ${string}`

/**
 * Collects the calls of AWS in the code of a process: its entry file and everything that it imports. Of a package only the files that
 * declare an imported name are read, and those that they import.
 *
 * @param entry from the root of the project
 * @returns for each file that was read, from the root, its text and its calls
 */
export function codeOf(entry: string): Map<string, { text: string; calls: Call[] }> {
  const read = new Map<string, { text: string; calls: Call[] }>()
  const visit = (file: string) => {
    const path = relative(root, file)
    if (read.has(path)) return
    const text = readFileSync(file, 'utf8')
    const imports = importsOf(text)
    const calls = imports.flatMap(({ names, from }) =>
      from.startsWith('@aws-sdk/') ? names.filter(isCall).map((name): Call => `${from} ${name}`) : [],
    )
    read.set(path, { text, calls })
    for (const { names, from } of imports) filesOf(names, from, file).forEach(visit)
  }
  visit(join(root, entry))
  return read
}

interface Import {
  names: string[]
  from: string
}

/** Imports of values, exports from other files, `const { ... } = await import(...)` and `(await import(...)).name`. */
function importsOf(text: string): Import[] {
  const atStart = text.matchAll(/^(?:import|export) (?!type )([\w*{][^'"=;]*?) from '([^']+)'/gm)
  const taken = text.matchAll(/\{([^{}]+)\} = await import\('([^']+)'\)/g)
  const called = text.matchAll(/\(await import\('([^']+)'\)\)\.(\w+)/g)
  return [
    ...Array.from(atStart, ([, names = '', from = '']) => ({ names: namesIn(names), from })),
    ...Array.from(taken, ([, names = '', from = '']) => ({ names: namesIn(`{${names}}`), from })),
    ...Array.from(called, ([, from = '', name = '']) => ({ names: [name], from })),
  ]
}

/** The exported names in `a, { b, c as d, type E }`. */
function namesIn(list: string): string[] {
  return list
    .split(/[{},]/)
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('type '))
    .map((each) => each.split(/ (?:as|:) |:/)[0] ?? '')
}

function isCall(name: string): boolean {
  return /Command$|^paginate|^waitUntil|^Upload$/.test(name)
}

/** The files that declare the names; none for packages of others. */
function filesOf(names: string[], from: string, importer: string): string[] {
  if (from.startsWith('.')) return [join(dirname(importer), from)]
  const own = /^@continuum\/([\w-]+)(?:\/(.+))?$/.exec(from)
  if (!own?.[1]) return []
  const library = join(root, 'libs', own[1])
  const { exports }: { exports: Record<string, string> } = JSON.parse(
    readFileSync(join(library, 'package.json'), 'utf8'),
  )
  const index = join(library, exports[own[2] === undefined ? '.' : `./${own[2]}`] ?? 'src/index.ts')
  // A library of one file is its own index.
  if (!index.endsWith('index.ts')) return [index]
  return importsOf(readFileSync(index, 'utf8'))
    .filter((each) => names.includes('*') || each.names.some((name) => names.includes(name)))
    .map((each) => join(dirname(index), each.from))
}
