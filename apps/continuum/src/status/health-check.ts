import { once } from 'node:events'
import { connect } from 'node:net'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

/**
 * The result of a health check: healthy, unhealthy with a reason and the names of the checks that fail, no answer within the timeout (`silent`), or no listener at the
 * address (`closed`).
 */
export type HealthCheckResult =
  | { kind: 'healthy'; lastSignOfLife?: string }
  | { kind: 'unhealthy'; reason: string; failing?: readonly string[]; lastSignOfLife?: string | undefined }
  | { kind: 'silent' }
  | { kind: 'closed' }

export const checkTimeoutMs = 3000

const ServiceStatus = Type.Object({
  status: Type.String(),
  last_sign_of_life: Type.Optional(Type.String()),
  checks: Type.Optional(
    Type.Record(Type.String(), Type.Object({ ok: Type.Boolean(), message: Type.Optional(Type.String()) })),
  ),
})

/** Asks a service of ours how it is: `GET /status`. */
export async function checkService(url: string, timeout = checkTimeoutMs): Promise<HealthCheckResult> {
  return answerOf(async (signal) => {
    const reply = await fetch(`${url}/status`, { signal })
    const said = Value.Parse(ServiceStatus, await reply.json())
    const lastSignOfLife = said.last_sign_of_life
    if (said.status === 'ok') return { kind: 'healthy', ...(lastSignOfLife !== undefined && { lastSignOfLife }) }
    const failing = Object.entries(said.checks ?? {}).filter(([, { ok }]) => !ok)
    const reason = failing.map(([check, { message }]) => `${check}: ${message ?? 'failing'}`).join('; ')
    return {
      kind: 'unhealthy',
      reason: reason || said.status,
      failing: failing.map(([check]) => check),
      lastSignOfLife,
    }
  }, timeout)
}

/** Asks aws-local for anything: it speaks AWS's protocols alone, and whatever it answers, it answers. */
export async function checkAws(url: string, timeout = checkTimeoutMs): Promise<HealthCheckResult> {
  return answerOf(async (signal) => {
    await (await fetch(url, { signal })).text()
    return { kind: 'healthy' }
  }, timeout)
}

/**
 * Asks PostgreSQL for a session, as far as it asks for a password: by then it has taken the connection, begun a process
 * for it and found itself able to serve. It says so by a message `R`; by `E` it says why it cannot.
 */
export async function checkPostgres(url: string, timeout = checkTimeoutMs): Promise<HealthCheckResult> {
  const { hostname, port } = new URL(url)
  return answerOf(async (signal) => {
    const socket = connect({ host: hostname, port: Number(port), signal })
    try {
      await once(socket, 'connect', { signal })
      socket.write(sessionRequest)
      const [bytes]: Buffer[] = await once(socket, 'data', { signal })
      if (bytes?.toString('latin1', 0, 1) === 'R') return { kind: 'healthy' }
      return { kind: 'unhealthy', reason: refusalOf(bytes ?? Buffer.alloc(0)) }
    } finally {
      socket.on('error', () => {}).destroy()
    }
  }, timeout)
}

/** The start of a session in version 3.0 of the protocol: length, version, and who asks for which database. */
const sessionRequest = (() => {
  const parameters = Buffer.from('user\0continuum-status\0database\0postgres\0\0')
  const head = Buffer.alloc(8)
  head.writeInt32BE(parameters.length + head.length, 0)
  head.writeInt32BE(3 << 16, 4)
  return Buffer.concat([head, parameters])
})()

/** The field `M` of an error: `the database system is starting up`. */
function refusalOf(bytes: Buffer): string {
  const fields = bytes.subarray(5).toString().split('\0')
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'it speaks another protocol'
}

async function answerOf(
  ask: (signal: AbortSignal) => Promise<HealthCheckResult>,
  timeout: number,
): Promise<HealthCheckResult> {
  const signal = AbortSignal.timeout(timeout)
  try {
    return await ask(signal)
  } catch {
    return { kind: signal.aborted ? 'silent' : 'closed' }
  }
}
