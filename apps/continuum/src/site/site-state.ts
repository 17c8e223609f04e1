import { readAnswer, request } from '@continuum/service'
import { Type } from 'typebox'
import type { Service } from '../withdrawal/call-service.ts'

const timeoutMilliseconds = 30_000

const Edition = Type.Object({ publish: Type.Literal(true) })

/**
 * Tells if readers see a version. It is asked as a reader asks: with the credentials of the pipeline the site shows a correction that waits
 * for approval in the place of what is public.
 *
 * @throws where anything but the site answers, or nothing
 */
export async function isPublic(site: Service, { article, version }: { article: string; version: number }) {
  const { status, text } = await ask(site, `/api/article/${article}.${version}.json`, [200, 404])
  if (status === 404) return false
  if (!readAnswer(Edition, { text })) throw new Error(`The site at ${hostOf(site)} answers with no public version.`)
  return true
}

/**
 * Tells if the site says that the article is withdrawn.
 *
 * @throws where anything but the site answers, or nothing
 */
export async function isGone(site: Service, article: string): Promise<boolean> {
  return (await ask(site, `/articles/${article}`, [200, 404, 410])).status === 410
}

/** Asks without credentials. Whatever else is answered says nothing of the article: a proxy's word, or a site that is ill. */
async function ask(
  site: Service,
  path: string,
  expected: readonly number[],
): Promise<{ status: number; text: string }> {
  const answer = await request({ service: site.name, url: site.url + path, timeoutMilliseconds })
  if (expected.includes(answer.status)) return answer
  throw new Error(`${site.name} at ${hostOf(site)} answers ${answer.status} for ${path}.`)
}

const hostOf = ({ url }: Service) => new URL(url).origin
