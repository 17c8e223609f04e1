import { fastify, type FastifyReply } from 'fastify'
import { Type, type TSchema } from 'typebox'
import { expect, test } from 'vitest'
import { addReplyCheck } from './check-replies.ts'

const Article = Type.Object({ id: Type.String(), title: Type.Optional(Type.String()) })

/** Answers one request of a route with this response schema; the violations that are found in the reply. */
async function violationsOf(
  response: Record<string, unknown>,
  answer: (reply: FastifyReply) => unknown,
  more: { hide?: boolean; method?: 'GET' | 'HEAD'; url?: string } = {},
): Promise<string[]> {
  const { method = 'GET', url = '/article', ...schema } = more
  const violations = new Set<string>()
  const app = fastify().setSerializerCompiler(() => (value) => JSON.stringify(value))
  addReplyCheck(app, violations)
  app.get('/article', { schema: { response, ...schema } }, async (_, reply) => answer(reply))
  await app.inject({ method, url })
  await app.close()
  return [...violations]
}

const send = (body: unknown, type?: string) => (reply: FastifyReply) => (type ? reply.type(type) : reply).send(body)
const json = (schema: TSchema, type = 'application/json') => ({ 200: { content: { [type]: { schema } } } })

test('a reply that is as declared is no violation', async () => {
  expect(await violationsOf({ 200: Article }, send({ id: '1' }))).toEqual([])
  expect(await violationsOf(json(Article), send({ id: '1', title: 'x' }))).toEqual([])
  expect(await violationsOf({ 204: Type.Null() }, (reply) => reply.code(204).send())).toEqual([])
  expect(await violationsOf({ '5xx': Article }, (reply) => reply.code(503).send({ id: '1' }))).toEqual([])
  expect(await violationsOf({ 200: Article }, send({ id: '1' }), { method: 'HEAD' })).toEqual([])
})

test('bytes are read as what their media type says, with its version', async () => {
  const declared = json(Article, 'application/vnd.elife.article-vor+json; version=8')
  const sent = (body: string, version: number) =>
    violationsOf(declared, (reply) =>
      reply
        .header('content-type', `application/vnd.elife.article-vor+json; version=${version}`)
        .send(Buffer.from(body)),
    )
  expect(await sent('{"id":"1"}', 8)).toEqual([])
  expect(await sent('{"id":1}', 8)).toEqual(['GET /article: answered 200 with a body whose /id must be string'])
  expect(await sent('{"id":"1"}', 7)).toEqual([expect.stringContaining('version=7, but declares application/vnd')])
})

test('a status that is not declared is a violation', async () => {
  expect(await violationsOf({ 200: Article, 404: Article }, (reply) => reply.code(409).send({ id: '1' }))).toEqual([
    'GET /article: answered 409, but declares 200, 404',
  ])
  expect(await violationsOf({ 200: Article }, (reply) => reply.code(304).send(), { method: 'HEAD' })).toHaveLength(1)
})

test('a body that is not declared is a violation, and so is one that is absent', async () => {
  expect(await violationsOf({ 200: Type.Null() }, send({ id: '1' }))).toEqual([
    'GET /article: answered 200 with a body, but declares none',
  ])
  expect(await violationsOf({ 200: Article }, send(undefined))).toEqual([
    'GET /article: answered 200 with no body, but declares application/json',
  ])
})

test('another shape is a violation, and so is a field that the schema does not name', async () => {
  expect(await violationsOf({ 200: Article }, send({}))).toHaveLength(1)
  const list = Type.Object({ items: Type.Array(Article) })
  expect(await violationsOf({ 200: list }, send({ items: [{ id: '1' }, { id: '2', secret: 1 }] }))).toEqual([
    'GET /article: answered 200 with /items/1/secret, which the schema does not declare',
  ])
  const open = Type.Object({ id: Type.String() }, { additionalProperties: true })
  expect(await violationsOf({ 200: open }, send({ id: '1', more: { x: 1 } }))).toEqual([])
  const either = Type.Union([Article, Type.Object({ code: Type.String() })])
  expect(await violationsOf({ 200: either }, send({ code: '1' }))).toEqual([])
  expect(await violationsOf({ 200: Type.Array(Type.Unknown()) }, send([{ x: 1 }]))).toEqual([])
})

test('routes that are hidden from the contract are not checked, nor what no route takes', async () => {
  expect(await violationsOf({}, send({ id: 1 }), { hide: true })).toEqual([])
  expect(await violationsOf({ 200: Article }, send({}), { url: '/elsewhere' })).toEqual([])
})
