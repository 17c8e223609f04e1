import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { PayloadStore } from './payload-store.ts'

/**
 * Creates a payload store in an S3 bucket. Each value is an object whose key is the prefix and a hash of the value. A
 * lifecycle rule may expire objects older than the longest execution plus the domain's retention: putting the same value
 * again renews its object.
 *
 * The process needs `s3:GetObject` and `s3:PutObject` below the prefix. Without `s3:ListBucket`, S3 reports a missing value
 * as AccessDenied.
 * @param prefix including its trailing slash: `workflow-payloads/`
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
