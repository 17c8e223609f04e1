import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './environment.ts'
import { keysOf, publishedVersions } from './inspect.ts'

/** The texts delivered of each article, in the order of their delivery. Each makes a version. */
export type Delivered = ReadonlyMap<string, readonly string[]>

interface Status {
  readonly articles: readonly { articleId: string; doing: string }[] | null
  readonly queues: readonly { name: string; messages: { dead: number } | null }[] | null
}

/**
 * Finds what was lost, doubled or half-published, came out of order, or is told wrongly on the dashboard; empty where all is well.
 *
 * @throws where the environment does not answer
 */
export async function problemsOf(environment: Environment, delivered: Delivered): Promise<string[]> {
  const { stdout, stderr } = await environment.command('status', '--json')
  if (stdout === '') return [`continuum status says nothing: ${stderr.trim().slice(0, 300)}`]
  const { articles, queues }: Status = JSON.parse(stdout)
  if (articles === null) return ['the dashboard does not answer']
  if (queues === null) return ['SQS does not answer']
  const archive = await keysOf(environment, 'publishing-archive')
  const problems = [
    ...articles
      .filter(({ articleId }) => delivered.has(articleId))
      .map(({ articleId, doing }) => `${articleId} is ${doing}`),
    ...queues.flatMap(({ name, messages }) => (messages?.dead ? [`${name} has ${messages.dead} dead letters`] : [])),
  ]
  for (const [id, texts] of delivered) {
    const archived = archive.filter((key) => key.startsWith(`elife-${id}-`)).length
    if (archived !== texts.length) problems.push(`${id} has ${archived} archives of ${texts.length} versions`)
    problems.push(
      ...(await versionProblems(environment, id, texts)),
      ...(await dashboardProblems(environment, id, texts)),
    )
  }
  const places = await environment.command('reconcile')
  return places.code === 0
    ? problems
    : [...problems, ...`${places.stdout}${places.stderr}`.trim().split('\n').slice(0, 5)]
}

/** Each delivery is the version of its turn, in lax and with its own text on the site. */
async function versionProblems(environment: Environment, id: string, texts: readonly string[]): Promise<string[]> {
  const versions = await publishedVersions(environment, id)
  if (versions.join() !== texts.map((_, at) => at + 1).join())
    return [`${id} has the versions ${versions.join() || 'none'} in lax, and ${texts.length} were delivered`]
  const problems: string[] = []
  for (const [at, text] of texts.entries()) {
    const page = await (await fetch(`${environment.urls.journal}/articles/${id}v${at + 1}`)).text()
    const shown = texts.filter((each) => page.includes(each))
    if (shown.join() !== text) problems.push(`${id}v${at + 1} shows "${shown.join('", "')}" instead of "${text}"`)
  }
  return problems
}

interface DashboardArticle {
  readonly versions: Readonly<Record<string, { details: Readonly<Record<string, unknown>>; runs: object }>>
}

/** The dashboard has each version, published, by one run. */
async function dashboardProblems(environment: Environment, id: string, texts: readonly string[]): Promise<string[]> {
  const secrets: { 'dashboard-token': string } = JSON.parse(
    readFileSync(join(environment.data, 'secrets.json'), 'utf8'),
  )
  const headers = { authorization: `Bearer ${secrets['dashboard-token']}` }
  const reply = await fetch(`${environment.urls.dashboard}/api/article/${id}`, { headers })
  if (reply.status !== 200) return [`${id} is not on the dashboard, which answers ${reply.status}`]
  const { versions }: DashboardArticle = JSON.parse(await reply.text())
  return texts.flatMap((_, at) => {
    const { details, runs } = versions[at + 1] ?? { details: {}, runs: {} }
    const count = Object.keys(runs).length
    const status = details['publication-status']
    return status === 'published' && count === 1
      ? []
      : [`${id}v${at + 1} is ${String(status)} on the dashboard, with ${count} runs`]
  })
}
