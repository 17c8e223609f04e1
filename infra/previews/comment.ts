import { stripVTControlCharacters } from 'node:util'

/** The result of a preview, for a pull request. */
export interface PreviewResult {
  readonly stack: string
  readonly commit: string
  /** The output of `pulumi preview`, `readable`. */
  readonly said: string
  /** Its exit code. */
  readonly code: number
  /** The address of the run, which has the whole text. */
  readonly link: string
}

/** A hidden line by which the comment of a stack is found again. */
export const markerOf = (stack: string): string => `<!-- pulumi preview of ${stack} -->`

/** GitHub takes 65,536 characters; the rest is for what stands around the text. */
const maxText = 60_000
const keptAtEnd = 10_000

/** The output of a preview as everybody may read it: plain text without secrets. */
export const readable = (said: string, secrets: readonly string[]): string =>
  masked(stripVTControlCharacters(said).trimEnd(), secrets)

/** The text of a comment on a pull request: one for each stack. A long preview is cut in the middle, where its place is told. */
export function commentOf({ stack, commit, said, code, link }: PreviewResult): string {
  const text = cut(said, link)
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return [
    markerOf(stack),
    `### ${stack}: ${headline(said, code)}`,
    '',
    `What \`pulumi preview\` says of ${commit}, against the images that ${stack} runs ([run](${link})). Nothing has been changed.`,
    '',
    '<details><summary>Preview</summary>',
    '',
    `${fence}diff`,
    text,
    fence,
    '',
    '</details>',
    '',
  ].join('\n')
}

function headline(said: string, code: number): string {
  if (code !== 0) return 'the preview failed'
  const summary = said.slice(said.lastIndexOf('Resources:'))
  const counts = [...summary.matchAll(/^ +(?:\+-|[+~-]) ?(\d+ to [a-z]+)/gm)].map(([, count]) => count)
  return counts.length === 0 ? 'no changes' : counts.join(', ')
}

function cut(text: string, link: string): string {
  if (text.length <= maxText) return text
  const [head, tail] = [text.slice(0, maxText - keptAtEnd), text.slice(-keptAtEnd)]
  return `${head}\n\n... ${text.length - maxText} characters are left out; the run has them: ${link} ...\n\n${tail}`
}

/** Access keys of AWS, and passwords in addresses. */
const shapesOfSecrets: readonly [RegExp, string][] = [
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '***'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:)[^@/\s]+@/g, '$1***@'],
]

function masked(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length > 5).toSorted((one, other) => other.length - one.length)
  const without = known.reduce((left, secret) => left.replaceAll(secret, '***'), text)
  return shapesOfSecrets.reduce((left, [shape, instead]) => left.replaceAll(shape, instead), without)
}

/** The values of the variables of a process that are secret by their names. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && /PASSPHRASE|PASSWORD|SECRET|TOKEN|_KEY/.test(name) ? [value] : [],
  )
}
