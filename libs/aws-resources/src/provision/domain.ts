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

/** Registers the SWF domain. A deprecated one keeps its name for ever, so it is brought back. */
export async function makeDomain(swf: SWFClient, { name, retentionDays }: Resources['domain']): Promise<Outcome> {
  try {
    const { domainInfo } = await swf.send(new DescribeDomainCommand({ name }))
    if (domainInfo?.status !== 'DEPRECATED') return 'was there'
    await swf.send(new UndeprecateDomainCommand({ name }))
    return 'made'
  } catch (error) {
    if (!(error instanceof UnknownResourceFault)) throw error
  }
  try {
    await swf.send(new RegisterDomainCommand({ name, workflowExecutionRetentionPeriodInDays: String(retentionDays) }))
    return 'made'
  } catch (error) {
    if (error instanceof DomainAlreadyExistsFault) return 'was there'
    throw error
  }
}
