import { Type } from 'typebox'
import { UserError } from '../errors/user-error.ts'
import { callService, type Service } from './call-service.ts'

/** A retraction or withdrawal, as recipients are told of it. */
export interface Notice {
  kind: 'retraction' | 'withdrawal'
  date: string
  /** The DOI of the notice. */
  doi?: string
}

const Planned = Type.Array(Type.Object({ recipient: Type.String(), state: Type.String() }))
/**
 * Tells recipients by their own rules, such as Crossref; the deposits service sends it, and repeats it until it has arrived.
 *
 * @param notice absent: nothing of the kind holds any more
 * @returns a sentence about who is told
 */
export async function tellRecipients(deposits: Service, article: string, notice?: Notice): Promise<string> {
  try {
    const planned = await callService(Planned, deposits, {
      method: notice ? 'PUT' : 'DELETE',
      path: `/api/articles/${article}/notice`,
      ...(notice && { body: notice }),
    })
    const told = new Set(
      planned.flatMap(({ recipient, state }) => (state === 'not-for-this-recipient' ? [] : [recipient])),
    )
    return told.size === 0
      ? 'No recipient is told: none has it in a record that says so.'
      : `Told, once their turn comes (continuum deposits --article ${article}): ${[...told].join(', ')}.`
  } catch (error) {
    // What readers see has changed already: this is said, and is no reason to call it failed.
    if (!(error instanceof UserError)) throw error
    return `Recipients (Crossref...) are NOT told: ${error.message}`
  }
}
