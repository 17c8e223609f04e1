import type { NamedCall, Setting } from './calls.fixture.ts'

/** An outcome as a client sees it, with values normalised that differ from run to run: leaf values by path. */
export type Outcome = ReadonlyMap<string, string>

/** Makes the call and tells its outcome, be it an error. */
export async function outcomeOf([, call]: NamedCall, setting: Setting): Promise<Outcome> {
  return new Map(leaves('', await call(setting).catch(described)))
}

function described(error: unknown): object {
  if (!(error instanceof Error)) throw error
  const status =
    '$metadata' in error && typeof error.$metadata === 'object' && error.$metadata !== null ? error.$metadata : {}
  return { error: error.name, message: error.message, status: 'httpStatusCode' in status ? status.httpStatusCode : '' }
}

// Names, times and tokens that a server makes up.
const madeUp =
  /^(runId|taskToken|QueueUrl|MessageId|ReceiptHandle|LastModified|UploadId|arn|SentTimestamp|ApproximateFirstReceiveTimestamp|CreatedTimestamp|LastModifiedTimestamp|ID|requestId|extendedRequestId|RequestId|HostId|NextContinuationToken)$/

function* leaves(path: string, value: unknown): Generator<[string, string]> {
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (value === undefined || name === '$metadata') return
  if (name === 'Body' && typeof value === 'object') yield [path, 'a stream']
  else if (value instanceof Date || madeUp.test(name)) yield [path, 'made up']
  else if (value instanceof Uint8Array) yield [path, Buffer.from(value).toString('hex')]
  else if (typeof value === 'object' && value !== null)
    for (const [member, inner] of Object.entries(value))
      yield* leaves(path === '' ? member : `${path}.${member}`, inner)
  else yield [path, JSON.stringify(value)]
}

/** `path: ours | theirs`, for each leaf in which two outcomes differ. */
export function differences(ours: Outcome, theirs: Outcome): string[] {
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])]
  return paths
    .filter((path) => ours.get(path) !== theirs.get(path))
    .map((path) => `${path}: ${ours.get(path) ?? 'nothing'} | ${theirs.get(path) ?? 'nothing'}`)
}
