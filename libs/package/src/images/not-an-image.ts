/** Thrown when a file is not an image that can be decoded; the message is the decoder's. */
export class NotAnImageError extends Error {
  override readonly name = 'NotAnImageError'
  readonly retry = false
}
