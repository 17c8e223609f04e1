import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { escapeXml } from '../http/escape.ts'
import type { Faults } from '../faults/faults.ts'
import { page } from '../http/page.ts'
import { bodyOf } from '../http/server.ts'

interface Key {
  readonly id: string
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

/** A sign-in that a client may exchange once for a token. */
interface Grant {
  readonly clientId: string
  readonly redirectUri: string
  readonly challenge: string
  readonly nonce: string | undefined
  readonly email: string
}

const algorithm = 'RS256'
const tokenSeconds = 300

/**
 * The routes of an OpenID Connect provider: discovery, keys, authorization code with PKCE, token. Whoever comes to it names the
 * address to sign in with, and is taken at their word; each address is a subject of its own. It takes every client that has the secret.
 */
export function addOpenId(server: FastifyInstance, { faults, secret }: { faults: Faults; secret: string }): void {
  const grants = new Map<string, Grant>()
  let current: Promise<Key> | undefined
  const keyNow = () => (current ??= createKey())
  const issuerOf = ({ host }: FastifyRequest) => `http://${host}/openid`

  server.get('/openid/.well-known/openid-configuration', async (request, reply) => {
    if (faults.take('openid', '', 'unavailable')) return reply.code(503).send({ error: 'temporarily_unavailable' })
    const issuer = issuerOf(request)
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [algorithm],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['openid', 'email', 'profile'],
    }
  })

  server.get('/openid/keys', async () => ({ keys: [(await keyNow()).jwk] }))

  server.get<{ Querystring: Record<string, string> }>('/openid/authorize', async ({ query }, reply) => {
    const problem = problemOf(query)
    if (problem !== undefined) return reply.code(400).send({ error: 'invalid_request', error_description: problem })
    const hidden = Object.entries(query).map(
      ([name, value]) => `<input type="hidden" name="${escapeXml(name)}" value="${escapeXml(value)}">`,
    )
    return reply.type('text/html; charset=utf-8').send(
      page(
        'Sign in',
        `<p>A stand-in for an OpenID Connect provider: it believes whatever address you give.</p>
<form method="post" action="/openid/authorize">${hidden.join('')}
<p><label>Address <input name="email" type="email" required autofocus></label> <button>Sign in</button></p></form>`,
      ),
    )
  })

  server.post('/openid/authorize', async (request, reply) => {
    const form = Object.fromEntries(new URLSearchParams(bodyOf(request).toString()))
    const problem = problemOf(form)
    if (problem !== undefined) return reply.code(400).send({ error: 'invalid_request', error_description: problem })
    const { client_id: clientId = '', redirect_uri: redirectUri = '', state, nonce, email = '' } = form
    const code = randomBytes(24).toString('base64url')
    grants.set(code, { clientId, redirectUri, challenge: form['code_challenge'] ?? '', nonce, email })
    const target = new URL(redirectUri)
    const fault = faults.take('openid', email, 'wrong-state', 'denied')?.fault
    if (fault === 'denied') target.searchParams.set('error', 'access_denied')
    else target.searchParams.set('code', code)
    if (state !== undefined) target.searchParams.set('state', fault === 'wrong-state' ? `${state}x` : state)
    return reply.redirect(target.href, 303)
  })

  server.post('/openid/token', async (request, reply) => {
    const form = Object.fromEntries(new URLSearchParams(bodyOf(request).toString()))
    const client = clientOf(request, form)
    if (client.secret !== secret) return reply.code(401).send({ error: 'invalid_client' })
    const grant = grants.get(form['code'] ?? '')
    grants.delete(form['code'] ?? '')
    const verified = createHash('sha256')
      .update(form['code_verifier'] ?? '')
      .digest('base64url')
    const fits =
      grant?.clientId === client.id && grant.redirectUri === form['redirect_uri'] && grant.challenge === verified
    if (!grant || !fits) return reply.code(400).send({ error: 'invalid_grant' })
    const idToken = await sign(grant, issuerOf(request))
    return reply
      .header('cache-control', 'no-store')
      .send({ access_token: randomUUID(), token_type: 'Bearer', expires_in: tokenSeconds, id_token: idToken })
  })

  async function sign({ clientId, nonce, email }: Grant, issuer: string): Promise<string> {
    const fault = faults.take('openid', email, ...tokenFaults)?.fault
    if (fault === 'rotate') current = createKey()
    const now = Math.floor(Date.now() / 1000)
    const key = fault === 'unknown-key' ? await createKey() : await keyNow()
    const claims = {
      email,
      email_verified: fault !== 'unverified',
      ...(nonce !== undefined && { nonce: fault === 'wrong-nonce' ? `${nonce}x` : nonce }),
    }
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: key.id })
      .setIssuer(fault === 'wrong-issuer' ? `${issuer}/other` : issuer)
      .setAudience(fault === 'wrong-audience' ? 'another client' : clientId)
      .setSubject(createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 20))
      .setIssuedAt(fault === 'expired' ? now - 2 * tokenSeconds : now)
      .setExpirationTime(fault === 'expired' ? now - tokenSeconds : now + tokenSeconds)
      .sign(key.privateKey)
  }
}

const tokenFaults = [
  'rotate',
  'unknown-key',
  'wrong-issuer',
  'wrong-audience',
  'wrong-nonce',
  'expired',
  'unverified',
] as const

async function createKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  const id = randomUUID()
  return { id, privateKey, jwk: { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: 'sig' } }
}

function problemOf(query: Record<string, string>): string | undefined {
  const { response_type: type, client_id: client, redirect_uri: target, scope = '' } = query
  if (type !== 'code') return 'response_type must be code.'
  if (client === undefined || target === undefined || !URL.canParse(target))
    return 'client_id and redirect_uri must be given.'
  if (!scope.split(' ').includes('openid')) return 'The scope must have openid.'
  if (query['code_challenge_method'] !== 'S256') return 'PKCE with S256 is required.'
  return undefined
}

function clientOf(request: FastifyRequest, form: Record<string, string>): { id: string; secret: string } {
  const [scheme, credentials] = request.headers.authorization?.split(' ') ?? []
  if (scheme !== 'Basic' || credentials === undefined)
    return { id: form['client_id'] ?? '', secret: form['client_secret'] ?? '' }
  const [id = '', secret = ''] = Buffer.from(credentials, 'base64').toString().split(':').map(decodeURIComponent)
  return { id, secret }
}
