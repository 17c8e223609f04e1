/** Where text for the operator goes. */
export interface Output {
  out: (text: string) => void
  err: (text: string) => void
}
