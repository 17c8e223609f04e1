import { ListDomainsCommand, SWFClient } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import { expect, onTestFinished, test } from 'vitest'
import { trimClient } from './trimmed-client.ts'

/** The headers of a request that a client sends, and what its logger hears of it. */
async function sentBy(
  options: { customUserAgent?: string; userAgentAppId?: string; logger?: SWFClient['config']['logger'] },
  trimmed: boolean,
) {
  const aws = await startAwsLocal()
  onTestFinished(() => aws.close())
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const swf = new SWFClient({ endpoint: aws.url, region: 'us-east-1', credentials, ...options })
  if (trimmed) trimClient(swf)
  if (trimmed) trimClient(swf)
  let headers: object = {}
  swf.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args
      if (typeof request === 'object' && request !== null && 'headers' in request)
        headers = Object.assign({}, request.headers)
      return next(args)
    },
    { step: 'finalizeRequest', priority: 'low' },
  )
  const { domainInfos } = await swf.send(new ListDomainsCommand({ registrationStatus: 'REGISTERED' }))
  expect(domainInfos).toEqual([])
  swf.destroy()
  return Object.fromEntries(Object.entries(headers))
}

test('a trimmed client sends what any client sends, and says who it is', async () => {
  const [trimmed, plain] = [await sentBy({}, true), await sentBy({}, false)]
  const same = Object.keys(plain).filter((name) => name !== 'x-amz-user-agent')
  expect(Object.keys(trimmed).toSorted()).toEqual(same.toSorted())
  expect(trimmed['user-agent']).toMatch(/^aws-sdk-js\/3\.\S+ .*md\/nodejs/)
})

test('a trimmed client names the application that it was told of, as any client does', async () => {
  const named = { userAgentAppId: 'press-decider' }
  for (const trimmed of [true, false])
    expect((await sentBy(named, trimmed))['user-agent']).toMatch(/ app\/press-decider( |$)/)
})

test('a client that was given a name or a logger keeps it', async () => {
  const heard: unknown[] = []
  const quiet = { trace: () => {}, debug: () => {}, warn: () => {}, error: () => {} }
  const logger = { ...quiet, info: (said: unknown) => void heard.push(said) }
  const sent = await sentBy({ customUserAgent: 'press-office/1', logger }, true)
  expect(sent['user-agent']).toContain('press-office/1')
  expect(heard).toHaveLength(1)
})
