import { UserError } from './user-error.ts'

/** Runs calls to AWS; throws `UserError` in plain words for errors that the user can fix. */
export async function explainAwsErrors<Result>(region: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    if (name === 'CredentialsProviderError')
      throw new UserError(
        `No AWS credentials found. Sign in first, or name a profile: AWS_PROFILE=NAME npm run -s continuum -- ... (${message})`,
      )
    if (/^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature)/.test(name))
      throw new UserError(`AWS rejects these credentials in ${region}: ${message}. Sign in again.`)
    if (/^(AccessDenied|NotAuthorized|UnauthorizedOperation)/.test(name))
      throw new UserError(`These credentials lack permission: ${message}`)
    throw error
  }
}
