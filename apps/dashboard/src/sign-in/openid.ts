import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
  AuthorizationResponseError,
  type Configuration,
} from 'openid-client'
import type { OpenIdSettings } from '@continuum/settings'
import type { Identity } from '../store/identities.ts'

/** An attempt to sign in: a browser that goes to the provider has to come back with it. */
export interface OpenIdAttempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Somebody whom the provider has signed in. */
export interface OpenIdPerson {
  readonly identity: Identity
  /** The address, if the provider vouches for it. */
  readonly email: string | undefined
}

/** Thrown when the provider does not sign somebody in, or what it says cannot be believed. A new attempt may succeed. */
export class OpenIdError extends Error {
  override readonly name = 'OpenIdError'
}

/** The way to sign in at a provider. */
export interface OpenId {
  /** Begins an attempt: the address to send the browser to. */
  readonly begin: (redirectUri: string) => Promise<{ url: string; attempt: OpenIdAttempt }>
  /** Ends an attempt with the address that the browser came back to. Throws `OpenIdError`. */
  readonly finish: (returnedTo: URL, attempt: OpenIdAttempt) => Promise<OpenIdPerson>
}

const timeoutSeconds = 10

/**
 * Connects to a provider by discovery, when somebody first signs in: the dashboard starts without it. Tokens are checked by
 * their signature as well, with the keys that the provider publishes now.
 */
export function connectOpenId(settings: OpenIdSettings, clientSecret: string): OpenId {
  let known: Promise<Configuration> | undefined
  const configuration = async () => {
    known ??= discover(settings, clientSecret)
    try {
      return await known
    } catch (error) {
      known = undefined
      throw openIdError(error)
    }
  }
  return {
    begin: async (redirectUri) => {
      const config = await configuration()
      const attempt = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, attempt }
    },
    finish: async (returnedTo, { state, nonce, verifier }) => {
      const config = await configuration()
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const tokens = await authorizationCodeGrant(config, returnedTo, checks).catch((error: unknown) => {
        throw openIdError(error)
      })
      const claims = tokens.claims()
      if (!claims) throw new OpenIdError('The provider sent no ID token.')
      const { email, email_verified: verified, iss: issuer, sub: subject } = claims
      const vouched = settings.trustEmail === true || verified === true || verified === 'true'
      return { identity: { issuer, subject }, email: vouched && typeof email === 'string' ? email : undefined }
    },
  }
}

async function discover({ issuer, clientId }: OpenIdSettings, clientSecret: string): Promise<Configuration> {
  const url = new URL(issuer)
  // The settings allow http on this machine alone.
  const execute = [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])]
  return discovery(url, clientId, clientSecret, undefined, { execute, timeout: timeoutSeconds })
}

/** Words an error of the library; any other is passed on. */
function openIdError(error: unknown): unknown {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return new OpenIdError(`The provider answered: ${error.error_description ?? error.error}`, { cause: error })
  if (error instanceof ClientError) {
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
    return new OpenIdError(`What the provider answered cannot be believed: ${error.message}${cause}`, { cause: error })
  }
  if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError'))
    return new OpenIdError(`The provider cannot be reached: ${error.message}`, { cause: error })
  return error
}
