import { createClients, namesOf } from '@continuum/aws-resources'
import { request } from '@continuum/service'
import { loadEnvironment } from '@continuum/environments'
import { differences, type Difference } from './compare.ts'
import { gather, type Sources } from './gather.ts'

/**
 * Compares what lax, the site, the CDN, the archive and the dashboard have of each published version, and with `heal` requests the
 * publication of what differs again: every step of it may happen twice. The AWS variables of this process are the environment's.
 */
export async function reconcile(
  addresses: Readonly<Record<string, string>>,
  dashboardToken: string,
  { heal }: { heal: boolean },
): Promise<Difference[]> {
  const environment = await loadEnvironment('local')
  const { lax = '', journal = '', dashboard = '' } = addresses
  const sources: Sources = {
    lax,
    journal,
    dashboard,
    dashboardToken,
    s3: createClients({ region: environment.region }).s3,
    buckets: namesOf(environment).buckets,
  }
  const found = differences(await gather(sources))
  const again = found.filter(({ republish }) => republish)
  if (heal && again.length > 0) await publishAgain(sources, again)
  return found
}

async function publishAgain({ dashboard, dashboardToken }: Sources, again: readonly Difference[]): Promise<void> {
  await request({
    service: 'the dashboard',
    url: `${dashboard}/api/queue_article_publication`,
    method: 'POST',
    headers: { authorization: `Bearer ${dashboardToken}` },
    json: { articles: again.map(({ id, version }) => ({ id, version, force: true })) },
    timeoutMilliseconds: 30_000,
  })
}

/** Words what was found, a line each. */
export function reconcileLines(found: readonly Difference[], heal: boolean): string[] {
  if (found.length === 0) return ['lax, site, CDN, archive and dashboard agree on every published version.']
  const republished = found.filter(({ republish }) => republish).length
  const next = heal
    ? `Publication of ${republished} requested again; follow it on the dashboard.`
    : 'To publish them again: npm run -s continuum -- reconcile --heal'
  return [...found.map(({ message }) => message), ...(republished > 0 ? [next] : [])]
}
