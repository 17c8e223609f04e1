/** Thrown when the article shows images whose pixels nobody counted: they are not among the version's converted images. */
export class UnmeasuredImages extends Error {
  readonly retry = false
  readonly images: readonly string[]
  constructor(images: readonly string[]) {
    super(`The size of these images is not known: ${images.join(', ')}. Are they in the package, as TIFF or PNG?`)
    this.name = 'UnmeasuredImages'
    this.images = images
  }
}
