import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pollWhile } from './poll-while.ts'
import { send, startServer } from './server.ts'

const megabyte = 1024 ** 2
const budget = { ratio: 0.5, memory: 200, poll: 50 }
const rounds = 3

/** A file into S3 and out again, against reading, hashing and writing it in one script; SWF polls go on meanwhile. */
export async function measureLargeObject(megabytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-object-'))
  try {
    const file = join(folder, 'file')
    await writeRandom(file, megabytes)
    await using server = await startServer()
    await send(`${server.url}/bench-1`, { method: 'PUT' })
    const object = `${server.url}/bench-1/object`
    const headers = { 'content-length': megabytes * megabyte, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const put = async () => void (await send(object, { method: 'PUT', headers }, contentOf(file))).resume()
    const get = async () => {
      let received = 0
      for await (const chunk of await send(object, { method: 'GET' })) received += chunk.length
      if (received !== megabytes * megabyte) throw new Error(`${received} bytes came back`)
    }

    const times: { bare: number; put: number; get: number }[] = []
    const polls: number[] = []
    for (let round = 0; round < rounds; round++) {
      const bare = await seconds(() => bareWork(file, join(folder, 'copy')))
      const [both, waits] = await pollWhile(server, async () => ({ put: await seconds(put), get: await seconds(get) }))
      times.push({ bare, ...both })
      polls.push(...waits)
    }
    const median = (of: 'bare' | 'put' | 'get') =>
      times.map((it) => it[of]).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
    const [bare, putTime, getTime] = [median('bare'), median('put'), median('get')]
    const slowest = polls.toSorted((a, b) => a - b)
    const at = (share: number) => Math.round(slowest[Math.floor((slowest.length - 1) * share)] ?? Number.NaN)
    return (
      `s3: ${megabytes} MB read, hashed and written in one script ${bare.toFixed(2)} s, put ${putTime.toFixed(2)} s, get ${getTime.toFixed(2)} s, ` +
      `ratios ${(bare / putTime).toFixed(2)} and ${(bare / getTime).toFixed(2)} (budget ${budget.ratio}); ` +
      `peak memory ${Math.round(server.peakMemory())} MB (budget ${budget.memory}); ` +
      `${slowest.length} SWF polls meanwhile: median ${at(0.5)} ms, 99 % within ${at(0.99)} ms, longest ${at(1)} ms (budget ${budget.poll}); ${rounds} rounds, medians`
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

const contentOf = (file: string): AsyncIterable<Buffer> => createReadStream(file, { highWaterMark: megabyte })

/** The least that S3 must do: read, hash, write and sync to disk. */
async function bareWork(file: string, copy: string): Promise<void> {
  const hash = createHash('md5')
  await using target = await open(copy, 'w')
  for await (const chunk of contentOf(file)) {
    hash.update(chunk)
    await target.write(chunk)
  }
  hash.digest()
  await target.sync()
}

async function writeRandom(file: string, megabytes: number): Promise<void> {
  await using target = await open(file, 'w')
  for (let n = 0; n < megabytes; n++) await target.write(randomBytes(megabyte))
  await target.sync()
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
