import { once } from 'node:events'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'

interface Published {
  readonly articleId: string
  readonly version: number
  readonly status: 'poa' | 'vor'
  readonly published: string
}

/** Starts a stand-in for the article store, which knows the versions that a test publishes, and fails when it is told to. */
export async function startLaxStandIn() {
  const versions = new Map<string, Published[]>()
  const related = new Map<string, string[]>()
  const retractions = new Map<string, object>()
  const state = { failing: false }
  const server = createServer(({ url = '' }, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (state.failing) return send(500, { title: 'internal error' })
    const [, id = ''] = /articles?\/([^/]+)/.exec(url) ?? []
    if (url.endsWith('/related'))
      return send(
        200,
        (related.get(id) ?? []).map((type) => ({ type })),
      )
    const found = versions.get(id)
    if (!found) return send(404, { title: 'not found' })
    if (/\/v2\/articles\/[^/]+$/.test(url)) return send(200, { retraction: retractions.get(id) })
    return send(
      200,
      Object.fromEntries(
        found.map(({ version, status, published }) => [version, { version, status, datetime_published: published }]),
      ),
    )
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    publish: (version: Published) => {
      const others = (versions.get(version.articleId) ?? []).filter((each) => each.version !== version.version)
      const before = versions.get(version.articleId)?.find((each) => each.version === version.version)
      // A silent correction keeps the version's date.
      versions.set(version.articleId, [...others, { ...version, published: before?.published ?? version.published }])
    },
    retract: (articleId: string, retraction: { date: string; notice?: string }) =>
      retractions.set(articleId, retraction),
    relate: (articleId: string, type: string) => related.set(articleId, [...(related.get(articleId) ?? []), type]),
  }
}
