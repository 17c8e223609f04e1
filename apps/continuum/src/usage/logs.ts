import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import { createClients } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { UserError } from '../errors/user-error.ts'
import { localAwsVariables } from '../local/running-aws.ts'
import { TakenLog, type MetricsClient } from './metrics-client.ts'

/** A log file that is opened once it is its turn. */
interface LogFile {
  name: string
  open: () => Promise<Readable>
}

/** Sends a log file to the usage counter. @param onlyDay lines of other days are skipped */
export async function takeLog(client: MetricsClient, { name, open }: LogFile, onlyDay?: string) {
  const query = new URLSearchParams({ name, ...(onlyDay !== undefined && { 'only-day': onlyDay }) })
  return client.send(TakenLog, 'POST', `/usage/logs?${query.toString()}`, await open())
}

/** Lists the log files that an argument names: a file, a folder with all below it, an object, or a prefix of a bucket. */
export async function* logsAt(
  file: string,
  options: { env: string; data: string },
  base: string,
): AsyncGenerator<LogFile> {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(file) ?? []
  if (bucket === undefined) {
    yield* filesAt(file, resolve(base, file))
    return
  }
  const environment = await loadEnvironment(options.env)
  if (environment.name === 'local') Object.assign(process.env, localAwsVariables(options.data, base))
  const { s3 } = createClients({ region: environment.region })
  const keys = key === '' || key.endsWith('/') ? await keysBelow(s3, bucket, key) : [key]
  if (keys.length === 0) throw new UserError(`There is no log file at ${file}.`)
  for (const each of keys) {
    const open = async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: each }))
      return Body instanceof Readable ? Body : Readable.from([])
    }
    yield { name: `s3://${bucket}/${each}`, open }
  }
}

/** Files in the order of their names, which is CloudFront's order of time; hidden ones are none. */
async function* filesAt(said: string, path: string): AsyncGenerator<LogFile> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new UserError(`There is no file or folder ${said}.`)
  if (!found.isDirectory()) {
    yield { name: basename(path), open: async () => createReadStream(path) }
    return
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  if (files.length === 0) throw new UserError(`There is no log file in ${said}.`)
  for (const each of files.map((entry) => join(entry.parentPath, entry.name)).toSorted()) {
    yield { name: relative(path, each), open: async () => createReadStream(each) }
  }
}

async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []))
  }
  return keys
}
