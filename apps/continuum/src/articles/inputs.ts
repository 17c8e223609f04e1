import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Journal } from '@continuum/article'
import { convertXml } from '@continuum/package'
import { parseJson } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { UserError } from '../errors/user-error.ts'
import { addressInName, addressInText, articleFiles, type VersionAddress } from './article-names.ts'

/** Something to send to the article store, under the name that the user gave it. */
export interface Input {
  readonly name: string
  /** Undefined where only the content tells. */
  readonly address: VersionAddress | undefined
  /** Reads the article JSON, or makes it of the XML. Throws `UserError` where there is none. */
  readonly article: (address?: VersionAddress) => Promise<Record<string, unknown>>
}

interface Reading {
  readonly journals: readonly Journal[]
  readonly base: string
  /** From `--id` and `--version`. */
  readonly given: VersionAddress | undefined
  readonly cdnUrl: () => Promise<string>
  readonly stdin: () => Promise<string>
}

/**
 * Lists the inputs that arguments name: files, folders (the articles in them), `-` for standard input, and for a publication
 * `353v1`.
 *
 * @throws UserError for an argument that is none of these, before anything is sent
 */
export async function inputsOf(args: readonly string[], reading: Reading): Promise<readonly Input[]> {
  const inputs: Input[] = []
  for (const arg of args) inputs.push(...(await inputsIn(arg, reading)))
  if (inputs.length > 1 && reading.given)
    throw new UserError('--id and --version are for one article, but there are several.')
  return inputs
}

async function inputsIn(arg: string, reading: Reading): Promise<readonly Input[]> {
  const { journals, base, given, stdin } = reading
  if (arg === '-') {
    return [{ name: 'standard input', address: given, article: async () => articleIn(await stdin(), 'standard input') }]
  }
  const path = resolve(base, arg)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) {
    const names = articleFiles(await readdir(path), journals)
    if (names.length === 0)
      throw new UserError(
        `${arg} has no articles. Expected are files named as elife-00353-v1.xml.json or elife-00353-v1.xml.`,
      )
    return names.map((name) => fileInput(join(arg, name), join(path, name), reading))
  }
  if (found?.isFile()) return [fileInput(arg, path, reading)]
  const address = addressInText(arg, journals)
  if (address) {
    const nothing = () => Promise.reject(new UserError(`${arg} is no file: what should be stored as it?`))
    return [{ name: arg, address, article: nothing }]
  }
  throw new UserError(`${arg} is no file or folder, and no version of an article such as 353v1.`)
}

function fileInput(name: string, path: string, reading: Reading): Input {
  const { journals, given, cdnUrl } = reading
  const address = given ?? addressInName(path, journals)
  const article = async (known = address) => {
    const bytes = await readFile(path)
    if (!path.endsWith('.xml')) return articleIn(bytes.toString(), name)
    if (!known) throw unknownAddress(name)
    return convert(bytes, path, known, { journals, cdnUrl: await cdnUrl() })
  }
  return { name, address, article }
}

async function convert(
  bytes: Uint8Array,
  path: string,
  { id, version }: VersionAddress,
  { journals, cdnUrl }: { journals: readonly Journal[]; cdnUrl: string },
): Promise<Record<string, unknown>> {
  const journal =
    journals.find(({ prefix, bareIds }) => (bareIds ? false : id.startsWith(`${prefix}-`))) ??
    journals.find(({ bareIds }) => bareIds)
  if (!journal) throw new UserError(`${id} is no article of a journal of this environment.`)
  const readBeside = async (name: string) => readFile(join(dirname(path), name)).catch(() => undefined)
  try {
    const { article } = await convertXml(bytes, { journal, journals, articleId: id, version, cdnUrl, readBeside })
    return { ...article }
  } catch (error) {
    if (error instanceof Error && 'retry' in error && error.retry === false) throw new UserError(error.message)
    throw error
  }
}

/** The error for an input of which nobody says which article it is. */
export function unknownAddress(name: string): UserError {
  return new UserError(
    `Which article and version is ${name}? Give --id and --version, or name the file as elife-00353-v1.xml.json.`,
  )
}

const WithArticle = Type.Object({ article: Type.Record(Type.String(), Type.Unknown()) })

function articleIn(content: string, name: string): Record<string, unknown> {
  const value = parseJson(content)
  if (Value.Check(WithArticle, value)) return value.article
  throw new UserError(
    `could not decode the json you gave me: ${name} is ${content.trim() === '' ? 'empty' : 'no JSON of the form {"article": {...}}'}`,
  )
}

/** Reads the whole of standard input. */
export function readStdin(): Promise<string> {
  return text(process.stdin)
}
