import { readSettings, SettingsError } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { appNames, type AppName } from './processes.ts'

/** Thrown when a stack's configuration is not right: all that is wrong, for a person. Never retried. */
export class StackSettingsError extends Error {
  override readonly name = 'StackSettingsError'

  constructor(stack: string, problems: readonly string[]) {
    const lines = problems.map((problem) => `  ${problem}`).join('\n')
    super(`The configuration of the stack ${stack} is not right (pulumi config -s ${stack}):\n${lines}`)
  }
}

const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}'
const digest = 'sha256:[0-9a-f]{64}'
const Tag = Type.Optional(
  Type.String({ pattern: `^(${tag}|${digest})$`, description: "an image's tag, or its digest as sha256:..." }),
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
  exec: Type.Optional(Type.Boolean()),
})

/** What is decided for a stack from one deployment to the next, and so is no part of its environment. */
export interface StackSettings {
  /** Where the image is; absent: in the repository that the environment has for itself. */
  readonly repository?: string
  /** The tag or digest of the image that each app runs; absent: it does not run yet. */
  readonly tags: Readonly<Record<AppName, string | undefined>>
  /** Whether operators may open a shell in a task; absent: where the environment is not protected. */
  readonly exec?: boolean
}

/**
 * Reads a stack's configuration.
 *
 * @param config the keys without `continuum:`
 * @throws StackSettingsError with all problems; a key that is not known is one
 */
export function readStackSettings(stack: string, config: Readonly<Record<string, string>>): StackSettings {
  const known = Object.keys(Settings.properties)
  const unknown = Object.keys(config).filter((key) => !known.includes(key))
  const problems = unknown.map((key) => `${key} is not known; known are ${known.join(', ')}`)
  const settings = attempt(config, problems)
  const image = settings.image === undefined ? undefined : splitImage(settings.image)
  const tagOf = (app: AppName) => settings[`tag-${app}`] ?? settings.tag ?? image?.tag
  const tags = { bot: tagOf('bot'), dashboard: tagOf('dashboard'), lax: tagOf('lax'), journal: tagOf('journal') }
  const without = appNames.filter((app) => tags[app] === undefined)
  if (image && without.length > 0) {
    problems.push(
      `image has no tag for ${without.join(', ')}: add one to it, or say which (pulumi config -s ${stack} set tag TAG)`,
    )
  }
  if (problems.length > 0) throw new StackSettingsError(stack, problems)
  const { exec } = settings
  return { ...(image && { repository: image.repository }), tags, ...(exec !== undefined && { exec }) }
}

/** What could be read; what could not is added to `problems`. */
function attempt(config: Readonly<Record<string, string>>, problems: string[]): Static<typeof Settings> {
  try {
    return readSettings(Settings, config)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    problems.push(...error.problems)
    return {}
  }
}

/** An image's address without its tag or digest, and that. */
function splitImage(image: string): { repository: string; tag?: string } {
  const end = image.includes('@') ? image.indexOf('@') : image.indexOf(':', image.lastIndexOf('/'))
  return end === -1 ? { repository: image } : { repository: image.slice(0, end), tag: image.slice(end + 1) }
}

/** What a container is started from. */
export function imageOf(repository: string, tagOrDigest: string): string {
  return `${repository}${tagOrDigest.startsWith('sha256:') ? '@' : ':'}${tagOrDigest}`
}
