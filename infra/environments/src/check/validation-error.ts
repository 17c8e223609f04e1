/** An invalid value of an environment. */
export interface ValidationError {
  /** The path of the value: `processes.worker.memory`. */
  readonly path: string
  /** The problem, to be read after the path: `must be a whole number from 512 to 122880 (MB), but is 100`. */
  readonly text: string
}
