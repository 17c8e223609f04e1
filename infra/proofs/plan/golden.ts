import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { environmentNames } from '@continuum/environments'

/** Lists the environments in AWS: all but `local`, which is this machine. */
export const plannedStacks = async (): Promise<string[]> =>
  (await environmentNames()).filter((name) => name !== 'local')

/** Reads the golden plan; empty if there is none yet. */
export const goldenOf = (stack: string): string =>
  existsSync(fileOf(stack)) ? readFileSync(fileOf(stack), 'utf8') : ''

export const writeGolden = (stack: string, text: string): void => writeFileSync(fileOf(stack), text)

const fileOf = (stack: string): string => fileURLToPath(new URL(`golden/${stack}.txt`, import.meta.url))
