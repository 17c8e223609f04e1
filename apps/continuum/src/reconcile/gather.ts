import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { readAnswer, request } from '@continuum/service'
import pLimit from 'p-limit'
import { Type, type Static, type TSchema } from 'typebox'
import { UserError } from '../errors/user-error.ts'
import type { VersionSeen } from './compare.ts'

/** The services of an environment, and the credential of the dashboard. */
export interface Sources {
  readonly lax: string
  readonly journal: string
  readonly dashboard: string
  readonly dashboardToken: string
  readonly s3: S3Client
  readonly buckets: { readonly cdn: string; readonly archive: string }
}

const timeoutMilliseconds = 10_000
/** Requests under way at a time: thousands at once would be refused, or wait for each other until they are given up. */
const maxRequests = 8
const List = Type.Object({ total: Type.Integer(), items: Type.Array(Type.Object({ id: Type.String() })) })
const History = Type.Object({ versions: Type.Array(Type.Object({ version: Type.Optional(Type.Integer()) })) })
const Current = Type.Record(Type.String(), Type.Array(Type.Object({ id: Type.String(), version: Type.Integer() })))
const Statuses = Type.Object({
  articles: Type.Array(
    Type.Object({
      id: Type.String(),
      version: Type.Union([Type.Integer(), Type.String()]),
      'publication-status': Type.Union([Type.String(), Type.Null()]),
    }),
  ),
})

/** Asks every place which versions it has. */
export async function gather(sources: Sources): Promise<VersionSeen[]> {
  const [inLax, cdn, archive, underWay] = await Promise.all([
    versionsInLax(sources.lax),
    keysOf(sources.s3, sources.buckets.cdn),
    keysOf(sources.s3, sources.buckets.archive),
    articlesUnderWay(sources),
  ])
  const inCdn = new Set(cdn.flatMap((key) => versionOfCdnKey(key) ?? []))
  const all = [...new Set([...inLax, ...inCdn])].toSorted()
  const published = await publishedOnDashboard(sources, all)
  return pLimit(maxRequests).map(all, async (name): Promise<VersionSeen> => {
    const [id, version] = partsOf(name)
    const page = await request({
      service: 'the journal',
      url: `${sources.journal}/articles/${id}v${version}`,
      timeoutMilliseconds,
    })
    return {
      id,
      version,
      in: {
        lax: inLax.includes(name),
        site: isOnSite(page.status, name),
        CDN: inCdn.has(name),
        archive: archive.some((key) => isArchiveOf(key, id, version)),
        dashboard: published.has(name),
      },
      underWay: underWay.has(id),
    }
  })
}

/**
 * Tells from the site's answer whether it has a version.
 *
 * @throws {UserError} where the answer says nothing of that: a site that is busy or broken has lost no article
 */
export function isOnSite(status: number, version: string): boolean {
  if (status === 200) return true
  if (status === 404 || status === 410) return false
  throw new UserError(
    `The journal answered ${status} for ${version}, so it is not known whether it has it. Try again later.`,
  )
}

/** `00353/elife-00353-v1.xml`: every published version has its XML on the CDN. */
export function versionOfCdnKey(key: string): string | undefined {
  const [, id, version] = /^([^/]+)\/[^/]+-v(\d+)\.xml$/.exec(key) ?? []
  return id === undefined || version === undefined ? undefined : `${id}.${version}`
}

/** `elife-00353-vor-v1-20121213000000.zip`; ids of other journals than the default one begin with the prefix. */
export function isArchiveOf(key: string, id: string, version: number): boolean {
  const name = /^(.+)-(?:poa|vor)-v(\d+)-\d{14}\.zip$/.exec(key)
  return name !== null && Number(name[2]) === version && (name[1] === id || name[1]?.endsWith(`-${id}`) === true)
}

function partsOf(name: string): readonly [string, number] {
  const at = name.lastIndexOf('.')
  return [name.slice(0, at), Number(name.slice(at + 1))]
}

async function versionsInLax(lax: string): Promise<string[]> {
  const ids: string[] = []
  for (let page = 1; ; page++) {
    const { total, items } = await ask(List, 'lax', { url: `${lax}/api/v2/articles?per-page=100&page=${page}` })
    ids.push(...items.map(({ id }) => id))
    if (items.length === 0 || ids.length >= total) break
  }
  const histories = await pLimit(maxRequests).map(ids, async (id) => ({
    id,
    ...(await ask(History, 'lax', { url: `${lax}/api/v2/articles/${id}/versions` })),
  }))
  return histories.flatMap(({ id, versions }) =>
    versions.flatMap(({ version }) => (version === undefined ? [] : [`${id}.${version}`])),
  )
}

/** The articles that the dashboard shows as under way. */
export async function articlesUnderWay({
  dashboard,
  dashboardToken,
}: Pick<Sources, 'dashboard' | 'dashboardToken'>): Promise<Set<string>> {
  const headers = { authorization: `Bearer ${dashboardToken}` }
  const current = await ask(Current, 'the dashboard', { url: `${dashboard}/api/current`, headers })
  return new Set((current['in-progress'] ?? []).map(({ id }) => id))
}

async function publishedOnDashboard({ dashboard, dashboardToken }: Sources, names: readonly string[]) {
  const articles = names.map((name) => {
    const [id, version] = partsOf(name)
    return { id, version }
  })
  const { articles: statuses } = await ask(Statuses, 'the dashboard', {
    url: `${dashboard}/api/article_publication_status`,
    method: 'POST',
    headers: { authorization: `Bearer ${dashboardToken}` },
    json: { articles },
  })
  const published = statuses.filter((one) => one['publication-status'] === 'published')
  return new Set(published.map(({ id, version }) => `${id}.${version}`))
}

async function ask<Schema extends TSchema>(
  schema: Schema,
  service: string,
  options: { url: string; method?: 'GET' | 'POST'; headers?: Record<string, string>; json?: unknown },
): Promise<Static<Schema>> {
  const answer = await request({ service, ...options, timeoutMilliseconds })
  const value = readAnswer(schema, answer)
  if (answer.status === 200 && value !== undefined) return value
  throw new UserError(`${service} answered ${answer.status} at ${options.url}: ${answer.text.slice(0, 200)}`)
}

async function keysOf(s3: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = []
  let token: string | undefined
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }))
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])))
    token = page.NextContinuationToken
  } while (token)
  return keys
}
