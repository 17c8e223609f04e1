import { PassThrough } from 'node:stream'
import type { App } from '@continuum/service'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { apiRoute } from '../http/replies.ts'
import type { Change } from '../store/apply-change.ts'
import type { Changes } from './changes.ts'

/** Pages that hear nothing for ten seconds say that they are not live. */
const heartbeatMilliseconds = 4_000

/** Changes within this time are sent together, each article once: under load there are many a second. */
const gatherMilliseconds = 50

const schema = {
  ...apiRoute.contract,
  operationId: 'followChanges',
  summary: 'Follow changes as server-sent events',
  description:
    'The data of each event is `{"article": string or null}`: the article that changed, or null for another change. An event `beat` every four seconds says that the connection lives.',
  response: {
    200: { description: 'An endless stream of events.', content: { 'text/event-stream': { schema: Type.String() } } },
    ...apiRoute.replies,
  },
}

/** Registers `GET /changes`: a server-sent event for each change. A page that receives one reloads itself. */
export function streamRoute(app: App, changes: Changes): void {
  const open = new Set<PassThrough>()
  const gathered = gather((text) => {
    for (const stream of open) stream.write(text)
  })
  const unsubscribe = changes.subscribe(gathered)

  app.get('/changes', { schema, config: { role: 'reader' } }, async (_, reply) => {
    const stream = new PassThrough()
    open.add(stream)
    stream.write('retry: 2000\n\n')
    const heartbeat = setInterval(() => stream.write('event: beat\ndata: {}\n\n'), heartbeatMilliseconds).unref()
    stream.on('close', () => {
      open.delete(stream)
      clearInterval(heartbeat)
    })
    return sendEvents(reply, stream)
  })

  app.addHook('preClose', async () => {
    unsubscribe()
    const ending = [...open]
    open.clear()
    for (const stream of ending) stream.end()
  })
}

/** Sends the first change at once, and those that follow together, each article once. */
function gather(send: (events: string) => void): (change: Change) => void {
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    if (gathered.size === 0) return
    send([...gathered].join(''))
    gathered.clear()
    timer = setTimeout(flush, gatherMilliseconds).unref()
  }
  return (change) => {
    gathered.add(`data: ${JSON.stringify(change)}\n\n`)
    if (timer === undefined) flush()
  }
}

function sendEvents(reply: FastifyReply, stream: PassThrough): FastifyReply {
  return reply
    .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    .send(stream)
}
