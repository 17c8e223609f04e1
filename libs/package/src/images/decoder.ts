import { NotAnImageError } from './not-an-image.ts'

/** The last work that has the decoder for itself. */
let alone: Promise<unknown> = Promise.resolve()
const decoding = new Set<Promise<unknown>>()

/**
 * Awaits the decoder. Its error text is one for the whole process, so what fails among others may fail with their words, or
 * with none: it is tried again while nothing else is decoded, and what it says then is the reason.
 *
 * @param decode must not call `asImage` itself
 * @throws {NotAnImageError} in place of the decoder's errors, which have no class of their own
 */
export async function asImage<Result>(decode: () => Promise<Result>, path: string): Promise<Result> {
  try {
    return await amongOthers(decode)
  } catch {
    try {
      return await byItself(decode)
    } catch (cause) {
      throw new NotAnImageError(inShort(cause instanceof Error ? cause.message : String(cause), path), { cause })
    }
  }
}

async function amongOthers<Result>(decode: () => Promise<Result>): Promise<Result> {
  for (let seen; seen !== alone;) await (seen = alone)
  const running = decode()
  decoding.add(running)
  try {
    return await running
  } finally {
    decoding.delete(running)
  }
}

function byItself<Result>(decode: () => Promise<Result>): Promise<Result> {
  const running = alone.then(() => Promise.allSettled(decoding)).then(decode)
  alone = running.catch(() => {})
  return running
}

/** The decoder's words, each line once and without the path of a temporary file. */
function inShort(message: string, path: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.replaceAll(path, 'the file').trim().replaceAll(/\s+/g, ' ').replace(/:$/, ''))
  return [...new Set(lines.filter(Boolean))].slice(0, 2).join('; ')
}
