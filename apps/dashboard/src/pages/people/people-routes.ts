import { randomUUID } from 'node:crypto'
import { html, signToken, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { roles } from '../../derive/rules/roles.ts'
import {
  addAccount,
  allAccounts,
  changeAccount,
  findAccount,
  isAddressTaken,
  LastAdministratorError,
} from '../../store/accounts.ts'
import { recordActivity } from '../../store/activity.ts'
import { frameOf } from '../frame/frame.ts'
import { MailNotSentError } from '../../http/mailer.ts'
import { messagePage } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'
import { linkPage, namePattern, peoplePage, type Mailed } from './people-page.ts'

const linkDays = 7

const Name = { name: Type.String({ pattern: namePattern, description: 'the name of the account' }) }
const Fields = {
  fullName: Type.Optional(Type.String({ maxLength: 200 })),
  email: Type.Optional(Type.String({ maxLength: 320, pattern: '^([^@\\s]+@[^@\\s]+)?$' })),
  role: Type.Enum([...roles]),
}
const ChangeForm = Type.Object({
  ...Name,
  ...Fields,
  disabled: Type.Optional(Type.Literal('true', { description: 'may not sign in' })),
  ...CsrfField,
})

const listSchema = {
  ...pageRoute.contract,
  operationId: 'peoplePage',
  summary: 'Show the people who may sign in',
  response: { 200: pageReply('The people.'), ...pageRoute.replies },
}

const addSchema = {
  ...formRoute.contract,
  operationId: 'addAccount',
  summary: 'Add an account, and get a link to invite its person',
  body: Type.Object({ ...Name, ...Fields, ...CsrfField }),
  response: { 200: pageReply('The link.'), ...formRoute.replies },
}

const linkSchema = {
  ...formRoute.contract,
  operationId: 'makeLink',
  summary: 'Get a one-time link for somebody',
  body: Type.Object({ ...Name, ...CsrfField }),
  response: { 200: pageReply('The link.'), ...formRoute.replies },
}

const changeSchema = {
  ...formRoute.contract,
  operationId: 'changeAccount',
  summary: 'Change an account: name, address, role, and whether it may sign in',
  body: ChangeForm,
  response: { 303: redirectReply('To the people.'), ...formRoute.replies },
}

/** Registers the page of people, and what administrators do there. */
export function peopleRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context
  const role = 'administrator'
  const by = ({ member }: FastifyRequest) => member?.name ?? ''
  const refuse = async (request: FastifyRequest, reply: FastifyReply, reason: string) =>
    sendPage(reply, 400, messagePage('Nothing was changed', html`<p>${reason}</p>`), await frameOf(request, context))
  const sendLink = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { name, email }: { name: string; email: string | null },
  ) => {
    const nonce = randomUUID()
    const exp = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + linkDays * 86_400
    const token = signToken(settings.SIGN_IN_SECRET, { user: name, nonce, exp, by: by(request) })
    const base = settings.DASHBOARD_URL ?? `${request.protocol}://${request.host}`
    const link = `${base}/sign-in?token=${token}`
    const mailed = await mailInvitation(context, { name, to: email, by: by(request), link, nonce })
    return sendPage(reply, 200, linkPage(name, link, linkDays, mailed), await frameOf(request, context))
  }

  app.get('/people', { schema: listSchema, config: { role } }, async (request, reply) => {
    const [accounts, frame] = await Promise.all([allAccounts(sql), frameOf(request, context)])
    return sendPage(reply, 200, peoplePage(accounts, frame), frame)
  })

  app.post('/people/add', { schema: addSchema, config: { role } }, async (request, reply) => {
    const { name, fullName = '', email = '', role: given } = request.body
    const account = { name, fullName, email: email === '' ? null : email, role: given, addedBy: by(request) }
    const added = await sql.begin(async (transaction) => {
      if (!(await addAccount(transaction, account))) return false
      await recordActivity(transaction, { by: by(request), action: 'add account', subject: name, detail: given })
      return true
    })
    return added
      ? sendLink(request, reply, account)
      : refuse(request, reply, `There is an account ${name}, or one with this address.`)
  })

  app.post('/people/link', { schema: linkSchema, config: { role } }, async (request, reply) => {
    const { name } = request.body
    const account = await findAccount(sql, name)
    if (!account || account.disabled) return refuse(request, reply, `${name} has no account, or a disabled one.`)
    await recordActivity(sql, { by: by(request), action: 'make sign-in link', subject: name })
    return sendLink(request, reply, account)
  })

  app.post('/people/change', { schema: changeSchema, config: { role } }, async (request, reply) => {
    const { name, email = '' } = request.body
    if (email !== '' && (await isAddressTaken(sql, email, name)))
      return refuse(request, reply, 'Another account has this address.')
    try {
      const known = await sql.begin(async (transaction) => {
        const before = await changeAccount(transaction, name, wantedOf(request.body))
        if (!before) return false
        const detail = differences(before, wantedOf(request.body))
        if (detail !== '')
          await recordActivity(transaction, { by: by(request), action: 'change account', subject: name, detail })
        return true
      })
      return known ? await reply.redirect('/people', 303) : await refuse(request, reply, `There is no account ${name}.`)
    } catch (error) {
      if (error instanceof LastAdministratorError) return refuse(request, reply, error.message)
      throw error
    }
  })
}

/** Mails a link to the person whom it signs in, where there is a mail server and the account has an address. */
async function mailInvitation(
  { sql, mail, logger }: WebContext,
  { name, to, by, link, nonce }: { name: string; to: string | null; by: string; link: string; nonce: string },
): Promise<Mailed | undefined> {
  if (!mail || to === null) return undefined
  const text = [
    `${by} invites you to Continuum's dashboard, where you are ${name}. This link signs you in:`,
    link,
    `It works once, within ${linkDays} days. After that the sign-in page mails you another one.`,
  ].join('\n\n')
  try {
    await mail({ to, subject: "Your link to Continuum's dashboard", text }, `sign-in/${nonce}`)
  } catch (error) {
    if (!(error instanceof MailNotSentError)) throw error
    logger.error({ err: error }, 'an invitation was not mailed')
    return { problem: error.message }
  }
  await recordActivity(sql, { by, action: 'mail sign-in link', subject: name, detail: to })
  return { to }
}

function wantedOf({ fullName = '', email = '', role, disabled }: Static<typeof ChangeForm>) {
  return { fullName, email: email === '' ? null : email, role, disabled: disabled === 'true' }
}

type Changeable = ReturnType<typeof wantedOf>

/** Words what differs: `role: editor, before reader`. */
function differences(before: Changeable, after: Changeable): string {
  const names: [keyof Changeable, string][] = [
    ['role', 'role'],
    ['email', 'address'],
    ['fullName', 'full name'],
    ['disabled', 'disabled'],
  ]
  return names
    .filter(([key]) => before[key] !== after[key])
    .map(([key, text]) => `${text}: ${String(after[key] || 'none')}, before ${String(before[key] || 'none')}`)
    .join('; ')
}
