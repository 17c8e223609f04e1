import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { DeploymentError } from '../deploy/command.ts'

/** A pull request, and how to reach GitHub. */
export interface PullRequest {
  /** The address of GitHub's API. */
  readonly api: string
  readonly token: string
  /** `owner/name` */
  readonly repository: string
  readonly number: number
}

const Comments = Type.Array(Type.Object({ id: Type.Integer(), body: Type.Optional(Type.String()) }))
const perPage = 100

/**
 * Puts a comment on a pull request in the place of the one with the same marker, if there is one.
 *
 * @throws DeploymentError if GitHub refuses it
 */
export async function putComment(pullRequest: PullRequest, marker: string, body: string): Promise<void> {
  const { api, repository, number } = pullRequest
  const comments = `${api}/repos/${repository}/issues/${number}/comments`
  const former = await findComment(pullRequest, comments, marker)
  if (former === undefined) await ask(pullRequest, 'POST', comments, { body })
  else await ask(pullRequest, 'PATCH', `${api}/repos/${repository}/issues/comments/${former}`, { body })
}

async function findComment(pullRequest: PullRequest, comments: string, marker: string): Promise<number | undefined> {
  for (let page = 1; ; page++) {
    const found = await ask(pullRequest, 'GET', `${comments}?per_page=${perPage}&page=${page}`)
    const all = Value.Parse(Comments, JSON.parse(found))
    const former = all.find(({ body = '' }) => body.startsWith(marker))
    if (former !== undefined || all.length < perPage) return former?.id
  }
}

async function ask({ token }: PullRequest, method: string, url: string, body?: object): Promise<string> {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'x-github-api-version': '2022-11-28',
  }
  const reply = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const text = await reply.text()
  if (!reply.ok) throw new DeploymentError(`GitHub answers ${reply.status} to ${method} ${url}: ${text.slice(0, 500)}`)
  return text
}
