/** What is wrong with one value of an environment. */
export interface Problem {
  /** Where: `processes.worker.memory`. */
  readonly path: string
  /** What is wrong, to be read after the path: `must be a whole number from 512 to 122880 (MB), but is 100`. */
  readonly text: string
}
