import { createServer } from 'node:net'
import { UserError } from '../errors/user-error.ts'

/** One address that this start needs for itself: which port, what for, and the setting that moves it. */
export interface PortNeed {
  readonly port: number
  readonly what: string
  readonly setting: string
}

/** Throws `UserError` naming every taken port, before anything is started. */
export async function refuseTakenPorts(needs: readonly PortNeed[]): Promise<void> {
  const taken = (await Promise.all(needs.map(async (need) => ((await isFree(need.port)) ? [] : [need])))).flat()
  if (taken.length === 0) return
  const list = taken
    .map((need) => `${need.port} (${need.what}; another one: ${need.setting}=${need.port + 1000} npm start)`)
    .join(', ')
  throw new UserError(
    `Port${taken.length > 1 ? 's' : ''} taken by another program: ${list}. Stop that program, or choose another port.`,
  )
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
