import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** A process rests if it has used less than a twentieth of a core over this time. */
const lookMilliseconds = 5_000
const restingShare = 0.05

/**
 * Gives memory back to the system each time the process comes to rest after work, its start included. V8 keeps what loading and work have
 * left behind until it needs the room, which a process at rest never does.
 */
export function releaseMemoryAtRest(): void {
  const collect = fullCollection()
  let hasWorked = true
  let before = process.cpuUsage()
  const look = () => {
    const { user, system } = process.cpuUsage(before)
    const rests = (user + system) / 1000 < lookMilliseconds * restingShare
    if (rests && hasWorked) collect()
    hasWorked = !rests
    before = process.cpuUsage()
  }
  setInterval(look, lookMilliseconds).unref()
}

/** V8's collection for when memory is short: unlike others it frees the pages, too. Node has no other way to ask for it. */
function fullCollection(): () => void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return () => void (typeof gc === 'function' && gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }))
}
