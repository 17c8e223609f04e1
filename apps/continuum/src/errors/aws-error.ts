import { Refusal } from './user-error.ts'

/** Runs what asks AWS; what a person can mend is refused in words. */
export async function askingAws<Result>(region: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    if (name === 'CredentialsProviderError')
      throw new Refusal(
        `No AWS credentials are found. Sign in first, or say which: AWS_PROFILE=NAME npm run -s continuum -- ... (${message})`,
      )
    if (/^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature)/.test(name))
      throw new Refusal(`AWS does not take these credentials in ${region}: ${message}. Sign in again.`)
    if (/^(AccessDenied|NotAuthorized|UnauthorizedOperation)/.test(name))
      throw new Refusal(`AWS forbids it to these credentials: ${message}`)
    throw error
  }
}
