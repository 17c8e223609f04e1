import { getProject, runtime } from '@pulumi/pulumi'

/** Reads the stack's configuration of this project, by its keys without the project's name. */
export function stackConfig(): Record<string, string> {
  const own = `${getProject()}:`
  return Object.fromEntries(
    Object.entries(runtime.allConfig())
      .filter(([key]) => key.startsWith(own))
      .map(([key, value]) => [key.slice(own.length), value]),
  )
}
