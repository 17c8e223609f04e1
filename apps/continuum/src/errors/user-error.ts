/** Thrown when a command can't go on for a reason that its user can fix: printed as one line, without a stack; exit code 1. */
export class UserError extends Error {
  override readonly name = 'UserError'
}
