import { randomBytes } from 'node:crypto'

/** A run id as SWF makes them: 46 characters, base64 and so with `/` and `+`. */
export const newRunId = () => `22${randomBytes(32).toString('base64')}`
