import {
  Environment,
  hostsOf,
  MissingDatabaseError,
  processNames,
  addressesFor,
  settingsFor,
  type ProcessContext,
  type ProcessName,
  type SourcedEnvironment,
} from '@continuum/environments'
import { UserError } from '../errors/user-error.ts'

/** One value of an environment: where it stands, what it is, and the file it is from. */
interface Value {
  readonly path: string
  readonly value: unknown
  readonly source: string
}

/** Every value of an environment, in the order of its type; a list is one value, but its objects are told by their names. */
export function valuesOf({ environment, sources }: SourcedEnvironment): Value[] {
  return [...sources]
    .map(([path, source]) => ({ path, value: at(environment, path), source }))
    .toSorted((a, b) => rank(a.path) - rank(b.path))
}

const order = Object.keys(Environment.properties)
const rank = (path: string) => order.indexOf(path.split('.')[0] ?? '')

const at = (environment: Environment, path: string) =>
  path.split('.').reduce<unknown>((held, name) => Reflect.get(Object(held), name), environment)

/** The output of `continuum config` for a person. */
export function configText(sourced: SourcedEnvironment): string {
  const values = valuesOf(sourced).map(({ path, value, source }) => [path, inWords(value), source] as const)
  const widths = [0, 1].map((column) => Math.max(...values.map((row) => (row[column] ?? '').length)))
  const lines = values.map(
    ([path, value, source]) =>
      `  ${path.padEnd(widths[0] ?? 0)}  ${value.padEnd(Math.min(48, widths[1] ?? 0))}  ${source}`,
  )
  return [`Environment ${sourced.environment.name}`, '', ...lines].join('\n')
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map((item: unknown) => nameOf(item)).join(', ')
  return value === '' ? '(empty)' : String(value)
}

function nameOf(item: unknown): string {
  const name: unknown = Reflect.get(Object(item), 'name')
  return typeof name === 'string' ? name : String(item)
}

/** The environment variables of one process, and the names of its secrets. */
export interface ProcessConfig {
  readonly variables: Readonly<Record<string, string>>
  /** By variable: the secret whose value it holds. */
  readonly secrets: Readonly<Record<string, string>>
}

/** The configuration of a process in AWS; values that AWS decides are marked as such. */
export function processConfig(
  process: ProcessName,
  environment: Environment,
  infrastructure?: ProcessContext,
): ProcessConfig {
  try {
    const told = settingsFor(process, environment, infrastructure ?? plannedGround(process, environment))
    const seconds = Object.entries(told.seconds).map(([variable, secret]) => [variable, `${secret}, second value`])
    return { variables: told.variables, secrets: { ...told.secrets, ...Object.fromEntries(seconds) } }
  } catch (error) {
    if (error instanceof MissingDatabaseError) throw new UserError(error.message)
    throw error
  }
}

const later = '(known after creation)'

function plannedGround(process: ProcessName, environment: Environment): ProcessContext {
  const hosts = hostsOf(environment)
  const address = (host: string | undefined) => (host === undefined ? later : `https://${host}`)
  return {
    addresses: addressesFor(process, environment, {
      dashboard: address(hosts?.dashboard),
      journal: address(hosts?.journal),
      lax: address(hosts?.lax),
      api: address(hosts?.api),
      cdn: environment.cdn ? address(hosts?.cdn) : later,
    }),
    proxies: [later],
    ...(environment.database && { database: { url: later, passwordSecret: later } }),
  }
}

/** The same for a person: one variable a line, as a shell would take it; then the secrets. */
export function processConfigText({ variables, secrets }: ProcessConfig): string {
  const lines = (record: Readonly<Record<string, string>>, before: string) =>
    Object.keys(record)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((name) => `${name}=${before}${record[name] ?? ''}`)
  return [...lines(variables, ''), ...lines(secrets, 'secret ')].join('\n')
}

/** Parses the name of a process. Throws `UserError` naming the known ones if there is no such process. */
export function parseProcessName(name: string): ProcessName {
  const known = processNames.find((each) => each === name)
  if (!known) throw new UserError(`There is no process "${name}". There are: ${processNames.join(', ')}.`)
  return known
}
