import {
  DescribeDomainCommand,
  UndeprecateDomainCommand,
  UnknownResourceFault,
  type SWFClient,
} from '@aws-sdk/client-swf'

/** An SWF domain of an earlier life of the environment. */
export interface FoundDomain {
  readonly exists: boolean
  readonly retentionDays?: string | undefined
}

/**
 * Looks for an SWF domain. SWF deletes none: that of an environment that was destroyed keeps its name for ever, deprecated by an
 * earlier release. Such a one is taken back, except in a preview.
 */
export async function claimDomain(swf: SWFClient, name: string, { dryRun }: { dryRun: boolean }): Promise<FoundDomain> {
  try {
    const { domainInfo, configuration } = await swf.send(new DescribeDomainCommand({ name }))
    const deprecated = domainInfo?.status === 'DEPRECATED'
    if (deprecated && !dryRun) await swf.send(new UndeprecateDomainCommand({ name }))
    return { exists: !(deprecated && dryRun), retentionDays: configuration?.workflowExecutionRetentionPeriodInDays }
  } catch (error) {
    if (error instanceof UnknownResourceFault) return { exists: false }
    throw error
  }
}
