import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { journalsOf } from '@continuum/article'
import { testDatabase } from '@continuum/service/testing'
import { afterAll } from 'vitest'
import { runArticles, runCheck, type ArticleOptions, type CommandContext } from './run-command.ts'
import type { Outcome } from './outcome.ts'
import type { Action } from './send.ts'

export const journalSettings = {
  name: 'eLife',
  publisher: 'A Publisher',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
  publicApi: true,
}
const token = 'a-token-of-the-tests'

/**
 * Starts the article store as a process of its own, on an empty database, until the tests of the file end.
 *
 * @param options.flags of Node
 * @param options.variables settings beside those that it needs to start
 */
export async function startStore(options: { flags?: readonly string[]; variables?: Record<string, string> } = {}) {
  const { flags = [], variables = {} } = options
  const database = await testDatabase()
  const main = fileURLToPath(new URL('../../../lax/src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [...flags, main], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: database.url,
      LAX_TOKEN: token,
      JOURNALS: JSON.stringify([journalSettings]),
      ...variables,
    },
  })
  afterAll(async () => {
    child.kill('SIGKILL')
    await database[Symbol.asyncDispose]()
  })
  const url = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line).url)
    }),
  )
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/v2/articles${path}`, { headers })
    return { status: response.status, json: await response.json() }
  }
  return {
    child,
    databaseUrl: database.url,
    url,
    token,
    get,
    getAll: (path: string) => get(path, { authorization: `Bearer ${token}` }),
  }
}

export interface RunOptions extends Partial<ArticleOptions> {
  readonly stdin?: string
  readonly base?: string
  readonly interactive?: boolean
  readonly token?: string
}

/** Runs a command against a store; answers its exit code, and what it printed. */
export async function run(
  store: { url: string },
  action: Action | 'check',
  args: readonly string[],
  more: RunOptions = {},
) {
  const { stdin = '', base = '/', interactive = false, token: other = token, ...options } = more
  const lines: string[] = []
  const progress: string[] = []
  const context: CommandContext = {
    journals: journalsOf([journalSettings]),
    base,
    store: async () => ({ url: store.url, token: other }),
    cdnUrl: async () => 'https://cdn.example.org',
    stdin: async () => stdin,
    interactive,
    output: { line: (text) => void lines.push(text), progress: (text) => void progress.push(text) },
  }
  const all = { force: false, dryRun: false, serial: false, parallel: '4', json: true, ...options }
  const code = action === 'check' ? await runCheck(args, all, context) : await runArticles(action, args, all, context)
  const outcomes = (): Outcome[] => lines.map((line) => JSON.parse(line))
  return { code, lines, progress, outcomes, outcome: () => outcomes()[0] }
}

/** Minimal article JSON, in the form in which it is handed to the command line; `more` overrides keys. */
export function articleFile(more: { id?: string; [key: string]: unknown } = {}): string {
  const { id = '00353' } = more
  const text = [{ type: 'paragraph', text: 'Naïve <i>text</i>.' }]
  const article = {
    status: 'vor',
    id,
    version: 1,
    type: 'research-article',
    doi: `10.7554/eLife.${id}`,
    title: 'A good life',
    published: '2012-12-13T00:00:00Z',
    volume: 1,
    elocationId: `e${id}`,
    copyright: { license: 'CC-BY-3.0', holder: 'Researcher', statement: 'Free to use.' },
    body: [{ type: 'section', id: 's1', title: 'Results', content: text }],
    stage: 'published',
    statusDate: '2099-01-01T00:00:00Z',
    ...more,
  }
  return JSON.stringify({ article })
}
