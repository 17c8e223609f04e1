import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { PayloadStore } from './payload-store.ts'

/**
 * A store for long values in an S3 bucket: each is an object of its own, whose key is the prefix and a hash of the value.
 * A rule of the bucket may remove what is older than the longest execution and the domain's retention together: putting
 * the same value again makes its object new.
 *
 * The process may get and put objects below the prefix: `s3:GetObject`, `s3:PutObject`. Without `s3:ListBucket` a value
 * that is missing is told as AccessDenied.
 * @param prefix with its slash at the end: `workflow-payloads/`
 * @example startDecider({ ..., store: s3Store({ s3, bucket: 'ct-elife-publishing-expanded', prefix: 'workflow-payloads/' }) })
 */
export function s3Store({ s3, bucket, prefix }: { s3: S3Client; bucket: string; prefix: string }): PayloadStore {
  const at = (key: string) => ({ Bucket: bucket, Key: `${prefix}${key}` })
  return {
    put: async (key, text) => {
      await s3.send(new PutObjectCommand({ ...at(key), Body: text, ContentType: 'application/json' }))
    },
    get: async (key) => {
      try {
        const { Body } = await s3.send(new GetObjectCommand(at(key)))
        return await Body?.transformToString()
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
  }
}
