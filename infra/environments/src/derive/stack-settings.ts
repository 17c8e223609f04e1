import { readSettings, SettingsError } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { appNames, type AppName } from './processes.ts'

/** Thrown when a stack's configuration is invalid, with every problem. Never retried: a person must fix it. */
export class StackSettingsError extends Error {
  override readonly name = 'StackSettingsError'

  constructor(stack: string, problems: readonly string[]) {
    const lines = problems.map((problem) => `  ${problem}`).join('\n')
    super(`The configuration of the stack ${stack} is invalid (pulumi config -s ${stack}):\n${lines}`)
  }
}

const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}'
const digest = 'sha256:[0-9a-f]{64}'
const Tag = Type.Optional(
  Type.String({
    pattern: `^(${tag}(@${digest})?|${digest})$`,
    description: "an image's tag, its digest as sha256:..., or both as TAG@sha256:...",
  }),
)

const Settings = Type.Object({
  image: Type.Optional(
    Type.String({
      pattern: `^[a-z0-9.-]+(:\\d+)?(/[a-z0-9._-]+)+(:${tag}|@${digest})?$`,
      description: 'the address of an image, such as registry.example.org/continuum:1.2.0',
    }),
  ),
  tag: Tag,
  'tag-bot': Tag,
  'tag-dashboard': Tag,
  'tag-lax': Tag,
  'tag-journal': Tag,
  'tag-metrics': Tag,
  'tag-api': Tag,
  'tag-deposits': Tag,
  'before-bot': Tag,
  'before-dashboard': Tag,
  'before-lax': Tag,
  'before-journal': Tag,
  'before-metrics': Tag,
  'before-api': Tag,
  'before-deposits': Tag,
  exec: Type.Optional(Type.Boolean()),
  rotation: Type.Optional(
    Type.Integer({ minimum: 0, description: 'the step of the rotation of tokens; raised by one at a time' }),
  ),
})

/** The values that change with each deployment, and so are not part of the environment. */
export interface StackSettings {
  /** The repository of the image; absent: the environment's own. */
  readonly repository?: string
  /** The tag or digest of the image that each app runs; undefined: it does not run yet. */
  readonly tags: Readonly<Record<AppName, string | undefined>>
  /** The image that each app ran before, to which it can be rolled back; undefined: none is known. */
  readonly before: Readonly<Record<AppName, string | undefined>>
  /** True if operators may open a shell in a task; absent: only in unprotected environments. */
  readonly exec?: boolean
  /** The step of the rotation of tokens; absent: they were never rotated. */
  readonly rotation?: number
}

/**
 * Reads a stack's configuration.
 *
 * @param config the keys without `continuum:`
 * @throws StackSettingsError with every problem; an unknown key is one
 */
export function readStackSettings(stack: string, config: Readonly<Record<string, string>>): StackSettings {
  const known = Object.keys(Settings.properties)
  const unknown = Object.keys(config).filter((key) => !known.includes(key))
  const problems = unknown.map((key) => `${key} is unknown. Known keys: ${known.join(', ')}`)
  const settings = attempt(config, problems)
  const image = settings.image === undefined ? undefined : splitImage(settings.image)
  const tagOf = (app: AppName) => settings[`tag-${app}`] ?? settings.tag ?? image?.tag
  const tags = eachApp(tagOf)
  const before = eachApp((app) => settings[`before-${app}`])
  const without = appNames.filter((app) => tags[app] === undefined)
  if (image && without.length > 0) {
    problems.push(
      `image has no tag for ${without.join(', ')}: add one to it, or set it (pulumi config -s ${stack} set tag TAG)`,
    )
  }
  if (problems.length > 0) throw new StackSettingsError(stack, problems)
  const { exec, rotation } = settings
  return {
    ...(image && { repository: image.repository }),
    tags,
    before,
    ...(exec !== undefined && { exec }),
    ...(rotation !== undefined && { rotation }),
  }
}

/** Reads the valid settings, and adds the problems of the others to `problems`. */
function attempt(config: Readonly<Record<string, string>>, problems: string[]): Static<typeof Settings> {
  try {
    return readSettings(Settings, config)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    problems.push(...error.problems)
    return {}
  }
}

/** Splits the address of an image into its repository and its tag or digest. */
function splitImage(image: string): { repository: string; tag?: string } {
  const end = image.includes('@') ? image.indexOf('@') : image.indexOf(':', image.lastIndexOf('/'))
  return end === -1 ? { repository: image } : { repository: image.slice(0, end), tag: image.slice(end + 1) }
}

/** The address of an image. ECS takes a tag or a digest: of both, the digest says which image it is. */
export function imageOf(repository: string, image: string): string {
  const { tag: own, digest: exact } = partsOf(image)
  return exact === undefined ? `${repository}:${own}` : `${repository}@${exact}`
}

/**
 * The parts of the address of a repository in ECR; undefined for an address elsewhere.
 *
 * @example ecrRepositoryOf('123456789012.dkr.ecr.eu-west-1.amazonaws.com/press/continuum')?.name // 'press/continuum'
 */
export function ecrRepositoryOf(
  address: string,
): { readonly account: string; readonly region: string; readonly name: string } | undefined {
  const [, account, region, name] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/(.+)$/.exec(address) ?? []
  return account === undefined || region === undefined || name === undefined ? undefined : { account, region, name }
}

/** The parts of an image's name as the stack's configuration has it: `TAG`, `sha256:...`, or `TAG@sha256:...`. */
export function partsOf(image: string): { readonly tag?: string; readonly digest?: string } {
  const at = image.indexOf('sha256:')
  if (at === -1) return { tag: image }
  return at === 0 ? { digest: image } : { tag: image.slice(0, at - 1), digest: image.slice(at) }
}

/** A value of each app. */
export function eachApp<T>(valueOf: (app: AppName) => T): Record<AppName, T> {
  return {
    bot: valueOf('bot'),
    dashboard: valueOf('dashboard'),
    lax: valueOf('lax'),
    journal: valueOf('journal'),
    metrics: valueOf('metrics'),
    api: valueOf('api'),
    deposits: valueOf('deposits'),
  }
}
