import postgres, { type Sql } from 'postgres'

/** Thrown within a transaction whose connection is gone. The transaction was rolled back; a new one may succeed. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
  readonly code = 'CONNECTION_CLOSED'
}

/** The driver's codes of a connection that is gone, and PostgreSQL's of a session that it ends. */
const lostCodes = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED', 'ECONNRESET', 'EPIPE'])
const endedCodes = new Set(['57P01', '57P02', '57P03'])

/**
 * Makes transactions survive the loss of their connection. The driver (3.4.9) writes what follows in the transaction, `rollback`
 * at the latest, to the socket that is gone, and the process dies of it; here nothing follows, and `begin` rejects.
 */
export function surviveLoss(sql: Sql): void {
  const begin = sql.begin.bind(sql)
  const surviving = async (...given: unknown[]): Promise<unknown> => {
    const work = given.at(-1)
    const options = typeof given[0] === 'string' ? given[0] : ''
    if (typeof work !== 'function') throw new TypeError('a transaction needs a function')
    const connection = { lost: false }
    const { promise: ended, reject } = Promise.withResolvers<never>()
    const outcome = begin(options, async (tx) => {
      try {
        const result: unknown = await work(guarded(tx, connection))
        return Array.isArray(result) ? await Promise.all(result) : result
      } catch (error) {
        if (!isLoss(error)) throw error
        connection.lost = true
        reject(error)
        // Settling would have the driver write `rollback`.
        return new Promise(() => undefined)
      }
    })
    outcome.catch(() => (connection.lost = true))
    return Promise.race([outcome, ended])
  }
  Reflect.set(sql, 'begin', surviving)
}

function guarded<Transaction extends object>(tx: Transaction, connection: { lost: boolean }): Transaction {
  const check = () => {
    if (connection.lost) throw new ConnectionLostError('the connection to the database was lost in a transaction')
  }
  return new Proxy(tx, {
    apply: (target, self, parameters) => {
      check()
      return Reflect.apply(Object(target), self, parameters)
    },
    get: (target, property, receiver) => {
      if (property === 'unsafe' || property === 'savepoint') check()
      return Reflect.get(target, property, receiver)
    },
  })
}

function isLoss(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return endedCodes.has(error.code)
  return error instanceof Error && 'code' in error && lostCodes.has(String(error.code))
}
