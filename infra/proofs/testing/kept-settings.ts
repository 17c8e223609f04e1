import type { S3Client } from '@aws-sdk/client-s3'

/** The bucket settings that aws-local does not implement, by their names in the SDK. */
const settings = {
  BucketEncryption: {
    put: 'ServerSideEncryptionConfiguration',
    get: 'ServerSideEncryptionConfiguration',
    nothing: 'ServerSideEncryptionConfigurationNotFoundError',
  },
  BucketLifecycleConfiguration: { put: 'LifecycleConfiguration', get: '', nothing: 'NoSuchLifecycleConfiguration' },
  BucketVersioning: { put: 'VersioningConfiguration', get: '', nothing: undefined },
  BucketTagging: { put: 'Tagging', get: '', nothing: 'NoSuchTagSet' },
} as const

/**
 * Makes a client of aws-local keep such settings in memory, so that they can be read back and compared like all others.
 */
export function keepSettings(s3: S3Client): void {
  const kept = new Map<string, unknown>()
  s3.middlewareStack.add(
    (next, context) => (args) => {
      const [, verb, setting] = /^(Put|Get)(Bucket\w+)Command$/.exec(context.commandName ?? '') ?? []
      const known = Object.entries(settings).find(([name]) => name === setting)?.[1]
      if (!known) return next(args)
      const input = Object(args.input)
      const key = `${setting} ${input.Bucket}`
      if (verb === 'Put') kept.set(key, input[known.put])
      const held = kept.get(key)
      if (held === undefined && known.nothing !== undefined)
        throw Object.assign(new Error(key), { name: known.nothing })
      const output = known.get === '' ? { ...Object(held) } : { [known.get]: held }
      return Promise.resolve({
        output: verb === 'Get' ? { ...output, $metadata: {} } : { $metadata: {} },
        response: {},
      })
    },
    { step: 'initialize', name: 'keepSettings' },
  )
}
