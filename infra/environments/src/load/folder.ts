import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Value } from 'typebox/value'
import { defaults, optionalParts } from '../../defaults.ts'
import { clashes } from '../check/clashes.ts'
import type { ValidationError } from '../check/validation-error.ts'
import { ruleErrors } from '../check/rules.ts'
import { shapeErrors } from '../check/shape.ts'
import { Environment } from '../model/environment.ts'
import { journalsNamed } from './journals.ts'
import { siteContentOf } from './site-content.ts'
import { EnvironmentError, UnknownEnvironmentError } from './errors.ts'
import { isRecord, overlay } from '../model/overlay.ts'

/** An environment, and the source of each value by its path: `defaults.ts`, its own file or `derived`. */
export interface SourcedEnvironment {
  readonly environment: Environment
  readonly sources: ReadonlyMap<string, string>
}

/** The folder of the environments: every `.ts` file in it is one, except `defaults.ts`. */
const here = fileURLToPath(new URL('../..', import.meta.url))

/** Lists the names of all environments, sorted. */
export async function environmentNames(folder = here): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith('.ts') && !/\.(test|d)\.ts$/.test(file) && file !== 'defaults.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted()
}

/**
 * Loads an environment: the defaults, overlaid by its file.
 *
 * @throws UnknownEnvironmentError if it has no file, EnvironmentError with every problem at once
 */
export async function loadEnvironment(name: string, folder = here): Promise<Environment> {
  return (await sourcedEnvironment(name, folder)).environment
}

/** Loads an environment with the source of each value. */
export async function sourcedEnvironment(name: string, folder = here): Promise<SourcedEnvironment> {
  const names = await environmentNames(folder)
  if (!names.includes(name)) throw new UnknownEnvironmentError(name, names, folder)
  const own = await read(name, folder)
  if ('problems' in own) throw new EnvironmentError(name, own.problems)
  const others = await Promise.all(names.filter((each) => each !== name).map((each) => read(each, folder)))
  // Another environment's own errors are reported when that one is loaded.
  const taken = others.flatMap((other) => ('problems' in other ? [] : clashes(own.environment, other.environment)))
  const astray = unknownSource(own.environment, names)
  if (taken.length + astray.length > 0)
    throw new EnvironmentError(name, located([...taken, ...astray], own.sources, name))
  return own
}

/** Images are promoted from another environment of the folder. */
function unknownSource({ name, promotedFrom }: Environment, names: readonly string[]): ValidationError[] {
  if (promotedFrom === undefined) return []
  const others = names.filter((each) => each !== name && each !== 'local')
  if (others.includes(promotedFrom)) return []
  return [{ path: 'promotedFrom', text: `must be one of ${others.join(', ')}, but is ${promotedFrom}` }]
}

type Read = SourcedEnvironment | { readonly problems: readonly string[] }

async function read(name: string, folder: string): Promise<Read> {
  const file = `${name}.ts`
  let says: unknown
  try {
    const module: object = await import(pathToFileURL(join(folder, file)).href)
    says = Reflect.get(module, 'default')
  } catch (error) {
    return { problems: [`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`] }
  }
  if (!isRecord(says)) return { problems: [`${file}: must have \`export default { ... } satisfies Overrides\``] }
  const named: unknown = Reflect.get(says, 'journals')
  const { journals, problems } = Array.isArray(named)
    ? await journalsNamed(named, folder)
    : { journals: named, problems: [] }
  const site = await siteContentOf(Array.isArray(named) ? named : [], journals, folder)
  const misnamed = [...problems, ...site.problems]
  if (misnamed.length > 0) return { problems: misnamed.map(({ path, text }) => `${file}: ${path} ${text}`) }
  const asked = Object.entries(optionalParts).filter(([part]) => isRecord(Reflect.get(says, part)))
  const { value, sources } = overlay([
    { source: 'defaults.ts', says: defaults },
    { source: 'defaults.ts', says: Object.fromEntries(asked) },
    { source: 'derived', says: { prefix: `${name}-`, bucketSuffix: Reflect.get(says, 'account') ?? '' } },
    { source: file, says: { ...says, journals } },
    { source: 'derived', says: { name, siteContent: site.content } },
  ])
  const misshapen = shapeErrors(Environment, value)
  if (misshapen.length > 0 || !Value.Check(Environment, value)) return { problems: located(misshapen, sources, name) }
  const broken = [...ruleErrors(value), ...unusedSizes(value, sources, file)]
  return broken.length > 0 ? { problems: located(broken, sources, name) } : { environment: value, sources }
}

/** The sizes of processes that a small environment says, though none of its processes has a task of its own. */
function unusedSizes(
  { shape }: Environment,
  sources: SourcedEnvironment['sources'],
  file: string,
): readonly ValidationError[] {
  const said = sources.entries().find(([path, source]) => path.startsWith('processes.') && source === file)
  return shape === 'small' && said
    ? [
        {
          path: said[0],
          text: 'does not apply to the shape small: all processes are in one task, whose size is `task`',
        },
      ]
    : []
}

/** Prefixes each error with the file to change: the source of the value, or else the environment's own file. */
function located(problems: readonly ValidationError[], sources: ReadonlyMap<string, string>, name: string): string[] {
  return problems.map(({ path, text }) => {
    const source = sources.get(path) ?? 'derived'
    return `${source === 'derived' ? `${name}.ts` : source}: ${path} ${text}`
  })
}
