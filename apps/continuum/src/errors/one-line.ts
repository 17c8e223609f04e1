/** Describes any error in one line, with the operating system's codes in plain words. */
export function oneLine(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  if (code === 'ENOSPC')
    return `The disk is full (${message}). Free some space, then start again: it continues where it stopped.`
  if (code === 'EACCES' || code === 'EPERM') return `Not permitted: ${message}. Check who owns the file or folder.`
  return message
}
