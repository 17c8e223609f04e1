import { randomUUID } from 'node:crypto'
import { problemReply, signToken, type App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { pageReply } from '../http/replies.ts'
import { sendPage } from '../pages/frame/send-page.ts'
import { findAccountByAddress } from '../store/accounts.ts'
import { countActivity, recordActivity } from '../store/activity.ts'
import { linkMailedPage } from './sign-in-pages.ts'

/** The life of a link that somebody asks for, and the number that they get in that time. */
const minutes = 15
const linksAtOnce = 3
const attemptsPerMinute = 5

const schema = {
  tags: ['sign-in'],
  security: [],
  consumes: ['application/x-www-form-urlencoded'],
  operationId: 'mailSignInLink',
  summary: 'Have a one-time link mailed to the address of an account',
  body: Type.Object({ email: Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', maxLength: 320 }) }),
  response: {
    200: pageReply('The same answer whether or not there is an account with this address.'),
    '4xx': problemReply('The form is invalid, or there were too many attempts.'),
    '5xx': problemReply('Unexpected error.'),
  },
}

/** Registers the form by which people have themselves mailed a link, where a mail server is set. */
export function mailedLinkRoute(app: App, context: WebContext): void {
  const { logger, mail } = context
  if (!mail) return
  app.post(
    '/sign-in/mail',
    { schema, config: { rateLimit: { max: attemptsPerMinute, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const { email } = request.body
      const base = context.settings.DASHBOARD_URL ?? `${request.protocol}://${request.host}`
      // Neither the answer nor its time tells whether there is such an account.
      void mailLink(context, mail, { email, base }).catch((error: unknown) =>
        logger.error({ err: error }, 'a sign-in link was not mailed'),
      )
      return sendPage(reply, 200, linkMailedPage(email, minutes))
    },
  )
}

async function mailLink(
  { sql, settings, logger }: WebContext,
  mail: NonNullable<WebContext['mail']>,
  { email, base }: { email: string; base: string },
): Promise<void> {
  const account = await findAccountByAddress(sql, email)
  if (!account || account.disabled) return logger.warn('a sign-in link was asked for an address without an account')
  const { name } = account
  const action = 'mail sign-in link'
  const now = Temporal.Now.instant()
  if ((await countActivity(sql, { action, subject: name, since: now.subtract({ minutes }) })) >= linksAtOnce)
    return logger.warn({ user: name }, 'no sign-in link is mailed: there were as many as may be')
  await recordActivity(sql, { by: name, action, subject: name, detail: 'asked for on the sign-in page' })
  const nonce = randomUUID()
  const exp = Math.floor(now.epochMilliseconds / 1000) + minutes * 60
  const token = signToken(settings.SIGN_IN_SECRET, { user: name, nonce, exp })
  const text = [
    `Somebody, perhaps you, asked for a link to sign in to Continuum's dashboard as ${name}:`,
    `${base}/sign-in?token=${token}`,
    `It works once, within ${minutes} minutes. If you did not ask for it, there is nothing to do.`,
  ].join('\n\n')
  await mail({ to: account.email ?? email, subject: 'Your link to sign in', text }, `sign-in/${nonce}`)
}
