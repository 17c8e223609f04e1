import { describe, expect, test } from 'vitest'
import { activityType, domain, errorOf, schedule, startSwf, workflowType } from '../testing/internal/swf-client.ts'

/** Domains, their tags, and the types in them. */

test('a domain is described with its status, retention and ARN', async () => {
  const { swf } = await startSwf()
  await swf.registerDomain({ name: 'Publish.ct', description: 'trial', workflowExecutionRetentionPeriodInDays: 'NONE' })
  const { $metadata: _, ...described } = await swf.describeDomain({ name: 'Publish.ct' })
  expect(described).toEqual({
    domainInfo: {
      name: 'Publish.ct',
      status: 'REGISTERED',
      description: 'trial',
      arn: 'arn:aws:swf:us-east-1:123456789012:/domain/Publish.ct',
    },
    configuration: { workflowExecutionRetentionPeriodInDays: 'NONE' },
  })
})

test('a name is registered once, deprecated or not', async () => {
  const { swf } = await startSwf()
  const again = () => errorOf(swf.registerDomain({ name: domain, workflowExecutionRetentionPeriodInDays: '7' }))
  expect(await again()).toEqual({ name: 'DomainAlreadyExistsFault', message: domain })
  await swf.deprecateDomain({ name: domain })
  expect(await again()).toEqual({ name: 'DomainAlreadyExistsFault', message: domain })
})

test('domains are listed by status and name, in pages, either way round', async () => {
  const { swf } = await startSwf()
  for (const name of ['b', 'a', 'c']) await swf.registerDomain({ name, workflowExecutionRetentionPeriodInDays: '1' })
  await swf.deprecateDomain({ name: 'b' })
  const names = async (more: object) =>
    (await swf.listDomains({ registrationStatus: 'REGISTERED', ...more })).domainInfos?.map(({ name }) => name)
  expect(await names({})).toEqual(['Publish', 'a', 'c'])
  expect(await names({ reverseOrder: true })).toEqual(['c', 'a', 'Publish'])
  expect(await names({ registrationStatus: 'DEPRECATED' })).toEqual(['b'])
  const { nextPageToken } = await swf.listDomains({ registrationStatus: 'REGISTERED', maximumPageSize: 2 })
  expect(await names({ maximumPageSize: 2, nextPageToken })).toEqual(['c'])
})

test('deprecating a domain deprecates its types and lets open executions continue', async () => {
  const { swf, start, decide, types } = await startSwf()
  const run = await start('article-00353')
  await swf.deprecateDomain({ name: domain })
  expect(await errorOf(swf.deprecateDomain({ name: domain }))).toEqual({
    name: 'DomainDeprecatedFault',
    message: domain,
  })
  expect((await swf.describeActivityType({ domain, activityType })).typeInfo?.status).toBe('DEPRECATED')
  const type = { domain, name: 'New', version: '1' }
  expect(await errorOf(swf.registerActivityType(type))).toEqual({ name: 'DomainDeprecatedFault', message: domain })
  await decide(schedule('expand'))
  expect((await types(run)).slice(4)).toEqual(['ScheduleActivityTaskFailed', 'DecisionTaskScheduled'])
  await swf.undeprecateDomain({ name: domain })
  expect(await errorOf(swf.undeprecateDomain({ name: domain }))).toEqual({
    name: 'DomainAlreadyExistsFault',
    message: domain,
  })
})

test('domains can have 50 tags at most', async () => {
  const { swf } = await startSwf()
  const resourceArn = `arn:aws:swf:us-east-1:123456789012:/domain/${domain}`
  await swf.tagResource({ resourceArn, tags: [{ key: 'a', value: '1' }, { key: 'b' }] })
  await swf.tagResource({ resourceArn, tags: [{ key: 'a', value: '2' }] })
  expect((await swf.listTagsForResource({ resourceArn })).tags).toEqual([
    { key: 'a', value: '2' },
    { key: 'b', value: '' },
  ])
  await swf.untagResource({ resourceArn, tagKeys: ['b'] })
  expect((await swf.listTagsForResource({ resourceArn })).tags).toEqual([{ key: 'a', value: '2' }])
  const many = Array.from({ length: 50 }, (_, i) => ({ key: `k${i}` }))
  expect(await errorOf(swf.tagResource({ resourceArn, tags: many }))).toMatchObject({ name: 'TooManyTagsFault' })
  expect(await errorOf(swf.listTagsForResource({ resourceArn: `${resourceArn}x` }))).toEqual({
    name: 'UnknownResourceFault',
    message: `Unknown domain: ${domain}x`,
  })
})

describe.each(['workflow', 'activity'] as const)('%s types', (kind) => {
  const kindName = kind === 'workflow' ? 'WorkflowType' : 'ActivityType'
  const bracketed = `${kindName}=[name=Bare, version=1]`
  const type = { name: 'Bare', version: '1' }

  async function withTypes() {
    const { swf, clock } = await startSwf()
    const named = { domain, workflowType: type, activityType: type }
    const calls =
      kind === 'workflow'
        ? {
            register: (more: object = {}) => swf.registerWorkflowType({ domain, ...type, ...more }),
            describe: () => swf.describeWorkflowType(named),
            deprecate: () => swf.deprecateWorkflowType(named),
            undeprecate: () => swf.undeprecateWorkflowType(named),
            remove: () => swf.deleteWorkflowType(named),
            list: async (more: object) =>
              (await swf.listWorkflowTypes({ domain, registrationStatus: 'REGISTERED', ...more })).typeInfos?.map(
                ({ workflowType: found }) => `${found?.name} ${found?.version}`,
              ),
          }
        : {
            register: (more: object = {}) => swf.registerActivityType({ domain, ...type, ...more }),
            describe: () => swf.describeActivityType(named),
            deprecate: () => swf.deprecateActivityType(named),
            undeprecate: () => swf.undeprecateActivityType(named),
            remove: () => swf.deleteActivityType(named),
            list: async (more: object) =>
              (await swf.listActivityTypes({ domain, registrationStatus: 'REGISTERED', ...more })).typeInfos?.map(
                ({ activityType: found }) => `${found?.name} ${found?.version}`,
              ),
          }
    return { swf, clock, ...calls }
  }

  test('are described with the defaults that they were given, and only those', async () => {
    const { register, describe: described, clock } = await withTypes()
    await register({ description: 'bare', defaultTaskList: { name: 'l' }, defaultTaskPriority: '2' })
    const { $metadata: _, ...detail } = await described()
    expect(detail).toEqual({
      typeInfo: {
        [kind === 'workflow' ? 'workflowType' : 'activityType']: type,
        status: 'REGISTERED',
        description: 'bare',
        creationDate: new Date(clock.now()),
      },
      configuration: { defaultTaskList: { name: 'l' }, defaultTaskPriority: '2' },
    })
  })

  test('are never registered again, even deprecated and the same', async () => {
    const { register, deprecate } = await withTypes()
    await register()
    expect(await errorOf(register())).toEqual({ name: 'TypeAlreadyExistsFault', message: bracketed })
    await deprecate()
    expect(await errorOf(register())).toEqual({ name: 'TypeAlreadyExistsFault', message: bracketed })
  })

  test('are deprecated, undeprecated and, once deprecated, deleted', async () => {
    const { register, describe: described, deprecate, undeprecate, remove, clock } = await withTypes()
    await register()
    expect(await errorOf(undeprecate())).toEqual({ name: 'TypeAlreadyExistsFault', message: bracketed })
    expect(await errorOf(remove())).toEqual({ name: 'TypeNotDeprecatedFault', message: bracketed })
    clock.advance(1000)
    await deprecate()
    expect((await described()).typeInfo).toMatchObject({ status: 'DEPRECATED', deprecationDate: new Date(clock.now()) })
    expect(await errorOf(deprecate())).toEqual({ name: 'TypeDeprecatedFault', message: bracketed })
    await undeprecate()
    expect((await described()).typeInfo?.deprecationDate).toBeUndefined()
    await deprecate()
    await remove()
    expect(await errorOf(described())).toEqual({ name: 'UnknownResourceFault', message: `Unknown type: ${bracketed}` })
  })

  test('are listed by name and version, by status, in pages, either way round', async () => {
    const { register, list, deprecate } = await withTypes()
    for (const [name, version] of [
      ['Z', '1'],
      ['Bare', '2'],
      ['Bare', '1'],
    ] as const)
      await register({ name, version })
    const standing = kind === 'workflow' ? `${workflowType.name} 1` : `${activityType.name} 1`
    expect(await list({})).toEqual(['Bare 1', 'Bare 2', standing, 'Z 1'])
    expect(await list({ name: 'Bare', reverseOrder: true })).toEqual(['Bare 2', 'Bare 1'])
    expect(await list({ maximumPageSize: 3 })).toHaveLength(3)
    await deprecate()
    expect(await list({ registrationStatus: 'DEPRECATED' })).toEqual(['Bare 1'])
  })
})
