import { Type } from 'typebox'
import { callService } from './call-service.ts'
import type { ReaderServices } from './environment.ts'
import { tellRecipients } from './recipients.ts'

const Retracted = Type.Object({
  id: Type.String(),
  date: Type.String(),
  reason: Type.String(),
  notice: Type.Optional(Type.String()),
})
const Undone = Type.Object({ id: Type.String(), was: Type.Boolean() })

/**
 * Retracts an article: the article store first, which sets the day; then the site; then recipients are told. Its text stays. Each step may
 * be repeated.
 *
 * @throws UserError where nothing of the article is public, or a service does not answer
 */
export async function retractArticle(
  { lax, site, deposits }: ReaderServices,
  article: string,
  order: { who: string; why: string; notice?: string | undefined },
): Promise<{ id: string; date: string; recipients: string }> {
  const { id, date, reason, notice } = await callService(Retracted, lax, {
    method: 'PUT',
    path: `/api/v2/articles/${article}/retraction`,
    body: order,
  })
  await callService(Type.Unknown(), site, {
    method: 'PUT',
    path: `/api/retract/${id}`,
    body: { date, reason, ...(notice !== undefined && { notice }) },
  })
  const told = { kind: 'retraction' as const, date, ...(notice !== undefined && { doi: notice }) }
  return { id, date, recipients: await tellRecipients(deposits, id, told) }
}

/** Takes a retraction back, everywhere. @returns the article's id, whether it was retracted, and a sentence about recipients */
export async function undoRetraction(
  { lax, site, deposits }: ReaderServices,
  article: string,
  who: string,
): Promise<{ id: string; was: boolean; recipients: string }> {
  const { id, was } = await callService(Undone, lax, {
    method: 'DELETE',
    path: `/api/v2/articles/${article}/retraction`,
    body: { who },
  })
  await callService(Type.Unknown(), site, { method: 'DELETE', path: `/api/retract/${id}` })
  return { id, was, recipients: await tellRecipients(deposits, id) }
}
