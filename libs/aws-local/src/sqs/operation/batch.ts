import { SqsError } from '../model/errors.ts'
import { requiredText, structures, text, type Input, type Reply } from '../model/input.ts'
import type { Sqs } from './sqs.ts'

/**
 * Runs each entry of a batch; a failed entry does not affect the others. Throws for a batch that is invalid as a whole: empty, more
 * than ten entries, ids that are malformed or not distinct, or whatever `check` rejects.
 */
export function inBatch(
  sqs: Sqs,
  input: Input,
  act: (entry: Input) => Reply,
  check: (entries: Input[]) => void = () => {},
): Reply {
  const entries = structures(input, 'Entries')
  checkEntries(entries)
  check(entries)
  const successful: Reply[] = []
  const failed: Reply[] = []
  sqs.context.transaction(() => {
    for (const entry of entries) {
      const Id = requiredText(entry, 'Id')
      try {
        successful.push({ Id, ...act(entry) })
      } catch (error) {
        if (!(error instanceof SqsError)) throw error
        failed.push({ Id, SenderFault: true, Code: error.queryCode, Message: error.message })
      }
    }
  })
  return { Successful: successful, Failed: failed.length > 0 ? failed : undefined }
}

function checkEntries(entries: Input[]): void {
  if (entries.length === 0)
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.')
  if (entries.length > 10)
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    )
  const ids = entries.map((entry) => text(entry, 'Id') ?? '')
  if (!ids.every((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id)))
    throw new SqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    )
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index)
  if (repeated !== undefined) throw new SqsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`)
}
