import {
  DescribeDomainCommand,
  DomainAlreadyExistsFault,
  RegisterDomainCommand,
  UndeprecateDomainCommand,
  UnknownResourceFault,
  type SWFClient,
} from '@aws-sdk/client-swf'
import type { Resources } from '../declare/resources.ts'
import type { Outcome } from './outcome.ts'

/** Registers the SWF domain. A deprecated one keeps its name forever, so it is undeprecated. */
export async function makeDomain(swf: SWFClient, { name, retentionDays }: Resources['domain']): Promise<Outcome> {
  try {
    const { domainInfo } = await swf.send(new DescribeDomainCommand({ name }))
    if (domainInfo?.status !== 'DEPRECATED') return 'unchanged'
    await swf.send(new UndeprecateDomainCommand({ name }))
    return 'created'
  } catch (error) {
    if (!(error instanceof UnknownResourceFault)) throw error
  }
  try {
    await swf.send(new RegisterDomainCommand({ name, workflowExecutionRetentionPeriodInDays: String(retentionDays) }))
    return 'created'
  } catch (error) {
    if (error instanceof DomainAlreadyExistsFault) return 'unchanged'
    throw error
  }
}
