import { isError } from './outcome.ts'

const maxAttempts = 6
const firstMilliseconds = 500

/** Retries a call that AWS refuses with this code until an earlier change becomes visible, seconds later. */
export async function retryUntilVisible(code: string, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (!isError(error, code) || attempt === maxAttempts) throw error
      await new Promise((resolve) => setTimeout(resolve, firstMilliseconds * 2 ** (attempt - 1)))
    }
  }
}
