/** Thrown when a command can't go on for a reason that its user can mend: printed as one line, without a stack; exit code 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The one line for whatever went wrong, with the operating system's codes in plain words. */
export function oneLine(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  if (code === 'ENOSPC')
    return `The disk is full (${message}). Free some space, then start again: it goes on where it was.`
  if (code === 'EACCES' || code === 'EPERM') return `Not permitted: ${message}. Check who owns the file or folder.`
  return message
}
