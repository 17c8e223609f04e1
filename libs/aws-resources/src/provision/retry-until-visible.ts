import { isError } from './outcome.ts'

const attempts = 6
const firstMilliseconds = 500

/** Does what AWS refuses with this code until it sees, seconds later, what was changed just before. */
export async function untilSeen(refusal: string, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (!isError(error, refusal) || attempt === attempts) throw error
      await new Promise((resolve) => setTimeout(resolve, firstMilliseconds * 2 ** (attempt - 1)))
    }
  }
}
