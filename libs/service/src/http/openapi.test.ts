import { Type } from 'typebox'
import { expect, onTestFinished, test } from 'vitest'
import { createLogger } from '../process/log.ts'
import { createApp } from './app.ts'
import { problemReply } from './problem.ts'

async function build() {
  const logger = createLogger({ service: 'lax', level: 'silent' })
  const app = await createApp({
    name: 'lax',
    logger,
    contentSecurityPolicy: { scriptSrc: ["'none'"] },
    api: { title: 'Lax', description: 'Articles.', version: '2.0.0' },
  })
  const schema = {
    operationId: 'getArticle',
    params: Type.Object({ id: Type.String({ description: 'its number' }) }),
    response: {
      200: {
        description: 'The article.',
        content: {
          'application/vnd.elife.article-vor+json; version=8': { schema: Type.Object({ id: Type.String() }) },
        },
      },
      404: problemReply('No article has this number.'),
    },
  }
  const wildcard = { params: Type.Object({ '*': Type.String() }), response: { 200: Type.Literal('ok') } }
  app.get('/lookup/*', { schema: wildcard }, async () => 'ok' as const)
  app.get('/articles/:id', { schema }, async (_, reply) => reply.code(404).send({ title: 'Not Found', status: 404 }))
  onTestFinished(() => app.close())
  return app
}

test('the contract says what each route takes and answers', async () => {
  const app = await build()
  const contract = (await app.inject('/openapi.json')).json()
  expect(contract).toMatchObject({ openapi: '3.1.0', info: { title: 'Lax', version: '2.0.0' } })
  expect(Object.keys(contract.paths)).toEqual(['/ping', '/status', '/lookup/{path}', '/articles/{id}'])
  const { get } = contract.paths['/articles/{id}']
  expect(get.parameters).toMatchObject([{ in: 'path', name: 'id', description: 'its number', required: true }])
  expect(Object.keys(get.responses[200].content)).toEqual(['application/vnd.elife.article-vor+json; version=8'])
  const problem = { $ref: '#/components/schemas/ProblemDetails' }
  expect(get.responses[404].content['application/problem+json'].schema).toEqual(problem)
  expect(contract.components.schemas.ProblemDetails).toMatchObject({ required: ['title', 'status'] })
  expect(get.responses[404].description).toBe('No article has this number.')
})

test('the documentation page loads from this origin only, whatever the policy of the other pages is', async () => {
  const app = await build()
  const page = await app.inject('/docs')
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
  expect(addresses.length).toBeGreaterThan(3)
  for (const address of addresses) {
    expect(address).toMatch(/^\/docs\//)
    expect((await app.inject(address)).statusCode, address).toBe(200)
  }
  expect((await app.inject('/ping')).headers['content-security-policy']).toContain("script-src 'none'")
})
