import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A request, as it is repeated. */
export interface Target {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Latencies in milliseconds of an open-loop load. */
export interface Latencies {
  readonly p50: number
  readonly p99: number
  /** The answers that came later than a second after they were due, or not at all. */
  readonly late: number
}

/** A connection that sends one request after another. Bare sockets, so that the client costs less than what it measures. */
async function open({ url, headers = {} }: Target): Promise<{ ask: () => Promise<number>; close: () => void }> {
  const { hostname, port, pathname, search } = new URL(url)
  const lines = [`GET ${pathname}${search} HTTP/1.1`, `host: ${hostname}`]
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const request = Buffer.from(`${[...lines, ...head].join('\r\n')}\r\n\r\n`)
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let left = -1
  let status = 0
  let chunks: Buffer[] = []
  let answered: (status: number) => void = () => undefined
  socket.on('data', (given: Buffer | string) => {
    const data = Buffer.from(given)
    if (left < 0) {
      chunks.push(data)
      const text = Buffer.concat(chunks)
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const answer = text.toString('latin1', 0, end)
      status = Number(answer.slice(9, 12))
      left = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0) - (text.length - end - 4)
      chunks = []
    } else {
      left -= data.length
    }
    if (left > 0) return
    left = -1
    answered(status)
  })
  const askOnce = async () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    answered = resolve
    socket.write(request)
    return promise
  }
  return { ask: askOnce, close: () => socket.destroy() }
}

/**
 * Sends a number of requests over several connections, each asking again as soon as it is answered.
 *
 * @returns the milliseconds that it took
 * @throws where an answer has another status
 */
export async function ask(target: Target, status: number, requests: number, connections = 8): Promise<number> {
  const all = await Promise.all(Array.from({ length: connections }, () => open(target)))
  let left = requests
  const began = performance.now()
  await Promise.all(
    all.map(async (connection) => {
      while (left-- > 0) {
        const got = await connection.ask()
        if (got !== status) throw new Error(`${target.url} was answered with ${got}, not ${status}`)
      }
    }),
  )
  const took = performance.now() - began
  for (const { close } of all) close()
  return took
}

/**
 * Sends requests at a fixed rate, whether or not those before are answered, over a pool of connections; latencies count from the
 * moment a request is due.
 */
export async function latencies(target: Target, perSecond: number, milliseconds: number): Promise<Latencies> {
  const all = await Promise.all(Array.from({ length: 32 }, () => open(target)))
  const free = [...all]
  const queue: number[] = []
  const taken: number[] = []
  const total = Math.round((perSecond * milliseconds) / 1000)
  let late = 0
  const { promise: finished, resolve } = Promise.withResolvers<void>()
  const next = () => {
    while (queue.length > 0 && free.length > 0) {
      const due = queue.shift() ?? 0
      const one = free.pop()
      if (!one) return
      void one.ask().then(() => {
        const took = performance.now() - due
        taken.push(took)
        if (took > 1000) late++
        free.push(one)
        if (taken.length === total) resolve()
        else next()
      })
    }
  }
  const began = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond))
    for (; sent < due; sent++) queue.push(began + (sent / perSecond) * 1000)
    next()
    if (sent === total) clearInterval(timer)
  }, 1)
  const patience = setTimeout(resolve, milliseconds + 5000)
  await finished
  clearTimeout(patience)
  clearInterval(timer)
  for (const { close } of all) close()
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity
  return { p50: at(0.5), p99: at(0.99), late: late + total - taken.length }
}
