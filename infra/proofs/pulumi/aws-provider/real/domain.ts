import { DeprecateDomainCommand, DescribeDomainCommand, RegisterDomainCommand } from '@aws-sdk/client-swf'
import { textOf } from '../../../wire/values.ts'
import { orGone, type RealKind } from './real-kind.ts'

/** A domain cannot be changed or deleted: it is deprecated, and its name stays taken. */
export const domain: RealKind = {
  async create({ swf }, inputs) {
    const id = textOf(inputs['name'])
    await swf.send(
      new RegisterDomainCommand({
        name: id,
        workflowExecutionRetentionPeriodInDays: textOf(inputs['workflowExecutionRetentionPeriodInDays']),
        ...(inputs['description'] !== undefined && { description: textOf(inputs['description']) }),
      }),
    )
    const { domainInfo } = await swf.send(new DescribeDomainCommand({ name: id }))
    return { id, ...(domainInfo?.arn !== undefined && { arn: domainInfo.arn }) }
  },
  async read({ swf }, id) {
    const found = await orGone(swf.send(new DescribeDomainCommand({ name: id })), 'UnknownResourceFault')
    if (found?.domainInfo?.status !== 'REGISTERED') return undefined
    const { domainInfo, configuration } = found
    return {
      name: id,
      workflowExecutionRetentionPeriodInDays: configuration?.workflowExecutionRetentionPeriodInDays ?? '',
      ...(domainInfo.description !== undefined && { description: domainInfo.description }),
    }
  },
  async update() {},
  async delete({ swf }, id) {
    await orGone(swf.send(new DeprecateDomainCommand({ name: id })), 'UnknownResourceFault', 'DomainDeprecatedFault')
  },
}
