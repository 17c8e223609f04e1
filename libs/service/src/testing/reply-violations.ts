import { subscribe } from 'node:diagnostics_channel'
import { addReplyCheck } from './check-replies.ts'

/** The replies of this process's Fastify applications that contradict their schema: a module is loaded once for many test files. */
export const violations = new Set<string>()

let isPaused = false

subscribe('fastify.initialization', (message) => {
  const { fastify } = Object(message)
  if (!isPaused) addReplyCheck(fastify, violations)
})

/** Makes applications whose replies are not checked: stand-ins of others' services, whose replies are declared nowhere. */
export async function withoutReplyChecks<Made>(make: () => Promise<Made>): Promise<Made> {
  isPaused = true
  try {
    return await make()
  } finally {
    isPaused = false
  }
}
