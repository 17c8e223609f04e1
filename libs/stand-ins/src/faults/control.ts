import type { FastifyInstance } from 'fastify'
import { UnknownFaultError, type FaultRule, type Faults } from './faults.ts'
import { faultsOf } from './known-faults.ts'
import { bodyOf } from '../http/server.ts'

/** Routes that switch faults: list, add, remove one, remove all. */
export function addFaultControl(server: FastifyInstance, faults: Faults): void {
  server.get('/faults', async () => ({ rules: faults.list(), known: faultsOf }))
  server.post('/faults', async (request, reply) => {
    try {
      const id = faults.add(readRule(JSON.parse(bodyOf(request).toString('utf8'))))
      return reply.code(201).send({ id })
    } catch (error) {
      if (!(error instanceof UnknownFaultError || error instanceof SyntaxError)) throw error
      return reply.code(400).send({ error: error.message })
    }
  })
  server.delete('/faults', async (_request, reply) => {
    faults.clear()
    return reply.code(204).send()
  })
  server.delete<{ Params: { id: string } }>('/faults/:id', async (request, reply) =>
    reply.code(faults.remove(Number(request.params.id)) ? 204 : 404).send(),
  )
}

function readRule(given: unknown): FaultRule {
  const { service, fault, match, times, value }: Record<string, unknown> = Object(given)
  const known = Object.keys(faultsOf).find((name): name is FaultRule['service'] => name === service)
  if (known === undefined || typeof fault !== 'string')
    throw new UnknownFaultError(
      `Expected {"service": one of ${Object.keys(faultsOf).join(', ')}, "fault": "..."}, with "match", "times" and "value" where wanted.`,
    )
  if (times !== undefined && !(typeof times === 'number' && times >= 1))
    throw new UnknownFaultError(`"times" is ${JSON.stringify(times)}: it must be a number of at least 1.`)
  return {
    service: known,
    fault,
    ...(typeof match === 'string' && { match }),
    ...(times !== undefined && { times }),
    ...(value !== undefined && { value: typeof value === 'string' ? value : JSON.stringify(value) }),
  }
}
