import { depositProblemsApart, type DepositProblem } from '@continuum/crossref-schema'
import type { FaultRule } from '../faults/faults.ts'
import { readDeposit, type DepositedRecord } from './deposit.ts'

/** The end of one record of a submission. */
export interface RecordResult {
  readonly status: 'Success' | 'Warning' | 'Failure'
  /** Empty where the whole file failed. */
  readonly doi: string
  readonly message: string
}

/** A file that was taken. */
export interface Submission {
  readonly id: number
  readonly fileName: string
  readonly xml: string
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  readonly decidedAt: number
  /** The first problem that the schema finds. */
  readonly problem?: DepositProblem
  /** Known once the file is read. */
  readonly batchId?: string
  /** Absent while it is queued. */
  readonly results?: readonly RecordResult[]
  readonly fault?: FaultRule
}

/** A DOI's record as it stands. */
export interface RegisteredRecord {
  readonly doi: string
  readonly timestamp: bigint
  readonly fileName: string
  /** Number of deposits that were accepted. */
  readonly deposits: number
  readonly xml: string
}

/** Crossref's queue and its records. */
export interface CrossrefQueue {
  readonly take: (file: { fileName: string; xml: string; fault?: FaultRule }) => Promise<Submission>
  /** The first submission with a file name or a batch id; a batch id is known only once decided. */
  readonly find: (by: { fileName?: string; batchId?: string }) => Submission | undefined
  readonly submissions: () => readonly Submission[]
  readonly records: () => readonly RegisteredRecord[]
}

/**
 * A queue that decides each submission `answerAfter` milliseconds after it came, in the order of coming, by the schema, by
 * rising timestamps for each DOI, and by relations: one to a DOI with the record's own prefix that is not registered fails.
 */
export function createQueue({ now, answerAfter }: { now: () => number; answerAfter: number }): CrossrefQueue {
  const submissions: Submission[] = []
  const records = new Map<string, RegisteredRecord>()

  const decide = (): void => {
    const due = submissions.filter(({ results, decidedAt }) => results === undefined && decidedAt <= now())
    for (const submission of due.toSorted((a, b) => a.decidedAt - b.decidedAt || a.id - b.id)) {
      const index = submissions.indexOf(submission)
      submissions[index] = { ...submission, ...resultsOf(submission, records) }
    }
  }
  return {
    take: async ({ fileName, xml, fault }) => {
      // Read when it comes, in another thread: what is decided later holds up nobody.
      const [problem] = await depositProblemsApart(xml)
      decide()
      const wait = fault?.fault === 'late' ? Number(fault.value ?? 60) * 1000 : answerAfter
      const receivedAt = now()
      const base = { id: 1_000_000 + submissions.length, fileName, xml, receivedAt, decidedAt: receivedAt + wait }
      const submission: Submission = { ...base, ...(problem && { problem }), ...(fault && { fault }) }
      submissions.push(submission)
      return submission
    },
    find: ({ fileName, batchId }) => {
      decide()
      return submissions.find(
        (submission) =>
          submission.fault?.fault !== 'forget' &&
          (fileName === undefined ? submission.batchId === batchId : submission.fileName === fileName),
      )
    },
    submissions: () => {
      decide()
      return [...submissions]
    },
    records: () => {
      decide()
      return [...records.values()]
    },
  }
}

function resultsOf(
  { xml, fileName, fault, problem }: Submission,
  records: Map<string, RegisteredRecord>,
): { batchId?: string; results: readonly RecordResult[] } {
  if (fault?.fault === 'forget') return { results: [] }
  const deposit = readDeposit(xml)
  if (problem || deposit === undefined)
    return {
      ...(deposit && { batchId: deposit.batchId }),
      results: [failure('', `Error: ${problem?.message ?? 'no head'} (line ${problem?.line ?? 1})`)],
    }
  const seen = new Set<string>()
  const inFile = new Set(deposit.records.map(({ doi }) => doi.toLowerCase()))
  const results = deposit.records.map((record): RecordResult => {
    const reason = refusalOf(record, deposit.timestamp, { records, seen, inFile, fault })
    seen.add(record.doi.toLowerCase())
    if (reason !== undefined) return failure(record.doi, reason)
    const key = record.doi.toLowerCase()
    const deposits = (records.get(key)?.deposits ?? 0) + 1
    records.set(key, { doi: record.doi, timestamp: deposit.timestamp, fileName, deposits, xml: record.xml })
    return fault?.fault === 'warn'
      ? { status: 'Warning', doi: record.doi, message: 'Added with conflict' }
      : { status: 'Success', doi: record.doi, message: deposits > 1 ? 'Successfully updated' : 'Successfully added' }
  })
  return { batchId: deposit.batchId, results }
}

interface Judging {
  readonly records: ReadonlyMap<string, RegisteredRecord>
  readonly seen: ReadonlySet<string>
  readonly inFile: ReadonlySet<string>
  readonly fault: FaultRule | undefined
}

function refusalOf(record: DepositedRecord, timestamp: bigint, judging: Judging): string | undefined {
  const { records, seen, inFile, fault } = judging
  const key = record.doi.toLowerCase()
  const registered = records.get(key)
  const open = record.related.find(
    (doi) =>
      prefixOf(doi) === prefixOf(record.doi) && !records.has(doi.toLowerCase()) && !inFile.has(doi.toLowerCase()),
  )
  if (fault?.fault === 'refuse') return fault.value ?? 'Record not processed because of an error in element "title"'
  if (seen.has(key)) return 'Record not processed because the DOI is more than once in this submission'
  if (registered && timestamp <= registered.timestamp)
    return `Record not processed because submitted version: ${timestamp} is less or equal to previously submitted version ${registered.timestamp}`
  if (open !== undefined) return `Relation target DOI does not exist: ${open}`
  return undefined
}

function failure(doi: string, message: string): RecordResult {
  return { status: 'Failure', doi, message }
}

function prefixOf(doi: string): string {
  return doi.slice(0, doi.indexOf('/'))
}
