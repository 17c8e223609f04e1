import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

const List = Type.Array(
  Type.Object({ pattern: Type.String({ minLength: 1 }), last_changed: Type.Optional(Type.String()) }),
)

/** Programs that COUNTER's list lacks: our own runtime, health checks, caches, and fetchers on behalf of language models. */
const furtherRobots = [
  '^node(\\b|$)',
  'undici',
  'continuum',
  'ELB-HealthChecker',
  'Amazon CloudFront',
  'PostmanRuntime',
  'Perplexity-User',
  'Claude-User',
  'ChatGPT-User',
]

const listed = Value.Parse(
  List,
  JSON.parse(readFileSync(new URL('../robots/COUNTER_Robots_list.json', import.meta.url), 'utf8')),
)

// One alternation: 327 expressions, one after the other, would take longer than the rest of a request.
const robots = new RegExp(
  [...listed.map(({ pattern }) => pattern), ...furtherRobots].map((each) => `(?:${each})`).join('|'),
  'i',
)

/** Browsers are few and their requests many: what was found out about a name is kept, of a few thousand. */
const known = new Map<string, boolean>()
const maxKnown = 5_000
const maxLength = 400

/**
 * Tells if a user agent is a robot, by COUNTER's list and ours. An absent or one-letter user agent is one: `-` in logs.
 * Rule: COUNTER Code of Practice 5.1, section 7.8.
 */
export function isRobot(userAgent: string | undefined): boolean {
  const name = userAgent ?? ''
  const found = known.get(name)
  if (found !== undefined) return found
  const isOne = robots.test(name)
  if (known.size >= maxKnown) known.clear()
  if (name.length <= maxLength) known.set(name, isOne)
  return isOne
}
