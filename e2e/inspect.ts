import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import type { Environment } from './environment.ts'

/** The credentials of the environment's SWF, SQS and S3: drawn at its first start, unless its AWS is another one. */
export function credentialsOf({ data }: Environment): { accessKeyId: string; secretAccessKey: string } {
  const file = join(data, 'aws-keys.json')
  const keys: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { local: 'local' }
  const [[accessKeyId, secretAccessKey] = ['', '']] = Object.entries(keys)
  return { accessKeyId, secretAccessKey }
}

export const s3Of = (environment: Environment) =>
  new S3Client({
    endpoint: environment.urls.aws,
    region: 'us-east-1',
    credentials: credentialsOf(environment),
    forcePathStyle: true,
  })

/** All keys of a bucket of the environment `local` below a prefix. */
export async function keysOf(environment: Environment, bucket: string, prefix = ''): Promise<string[]> {
  const s3 = s3Of(environment)
  const keys: string[] = []
  let token: string | undefined
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: `local-continuum-${bucket}`, Prefix: prefix, ContinuationToken: token }),
    )
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])))
    token = page.NextContinuationToken
  } while (token)
  return keys
}

/** The versions of an article that the public sees in lax. */
export async function publishedVersions(environment: Environment, articleId: string): Promise<number[]> {
  const reply = await fetch(`${environment.urls.lax}/api/v2/articles/${articleId}/versions`)
  if (reply.status === 404) return []
  const history: { versions: { version?: number }[] } = JSON.parse(await reply.text())
  return history.versions.flatMap(({ version }) => (version === undefined ? [] : [version]))
}

/** The file name suffixes of a figure's derivatives: `-300w.jpg` ... `-80w.gif`, `.jpg`, `-download.jpg`. */
export const figureSuffixes = [
  ...[300, 480, 511, 542, 600, 742, 972, 1022, 1084, 1484].map((width) => `-${width}w.jpg`),
  '-80w.gif',
  '.jpg',
  '-download.jpg',
]
