import {
  BatchCheckLayerAvailabilityCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  GetDownloadUrlForLayerCommand,
  ImageAlreadyExistsException,
  InitiateLayerUploadCommand,
  LayerAlreadyExistsException,
  PutImageCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { findImage, RegistryError, type ImageRepository, type PinnedImage } from './registry.ts'

const Described = Type.Object({ digest: Type.String(), urls: Type.Optional(Type.Array(Type.String())) })
/** The manifest of an image: its configuration and layers, or of a list of images: their manifests. */
const Manifest = Type.Object({
  config: Type.Optional(Described),
  layers: Type.Optional(Type.Array(Described)),
  manifests: Type.Optional(Type.Array(Described)),
})

const mediaTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]

/**
 * Copies an image into another repository, byte by byte, so that its digest stays the same. Layers that are there are not copied.
 *
 * @returns false if the image was there already
 * @throws RegistryError if an image is missing, or the tag means another image in the other repository
 */
export async function copyImage(from: ImageRepository, to: ImageRepository, image: PinnedImage): Promise<boolean> {
  const other = await findImage(to, image.tag)
  if (other?.digest === image.digest) return false
  if (other !== undefined)
    throw new RegistryError(
      `${to.address} has another image as ${image.tag} (${other.digest}): an image that was not built once for all`,
    )
  await copyManifest(from, to, image.digest, image.tag)
  return true
}

async function copyManifest(from: ImageRepository, to: ImageRepository, digest: string, tag?: string): Promise<void> {
  const { images = [] } = await from.client.send(
    new BatchGetImageCommand({ ...from.at, imageIds: [{ imageDigest: digest }], acceptedMediaTypes: mediaTypes }),
  )
  const [{ imageManifest, imageManifestMediaType } = {}] = images
  if (imageManifest === undefined) throw new RegistryError(`${from.address} has no image ${digest}`)
  const { config, layers = [], manifests = [] } = Value.Parse(Manifest, JSON.parse(imageManifest))
  for (const child of manifests) await copyManifest(from, to, child.digest)
  // A layer with addresses of its own is kept elsewhere.
  const blobs = [...(config ? [config] : []), ...layers].filter(({ urls }) => urls === undefined)
  for (const blob of new Set(blobs.map((each) => each.digest))) await copyLayer(from, to, blob)
  try {
    await to.client.send(
      new PutImageCommand({ ...to.at, imageManifest, imageManifestMediaType, imageTag: tag, imageDigest: digest }),
    )
  } catch (error) {
    if (!(error instanceof ImageAlreadyExistsException)) throw error
  }
}

async function copyLayer(from: ImageRepository, to: ImageRepository, digest: string): Promise<void> {
  const { layers = [] } = await to.client.send(
    new BatchCheckLayerAvailabilityCommand({ ...to.at, layerDigests: [digest] }),
  )
  if (layers[0]?.layerAvailability === 'AVAILABLE') return
  const { downloadUrl = '' } = await from.client.send(
    new GetDownloadUrlForLayerCommand({ ...from.at, layerDigest: digest }),
  )
  const reply = await fetch(downloadUrl)
  if (!reply.ok || reply.body === null)
    throw new RegistryError(`The layer ${digest} of ${from.address} cannot be read: ${reply.status}`)
  const { uploadId, partSize = 0 } = await to.client.send(new InitiateLayerUploadCommand(to.at))
  let partFirstByte = 0
  for await (const part of partsOfSize(reply.body, partSize)) {
    const partLastByte = partFirstByte + part.length - 1
    await to.client.send(
      new UploadLayerPartCommand({ ...to.at, uploadId, partFirstByte, partLastByte, layerPartBlob: part }),
    )
    partFirstByte = partLastByte + 1
  }
  try {
    await to.client.send(new CompleteLayerUploadCommand({ ...to.at, uploadId, layerDigests: [digest] }))
  } catch (error) {
    if (!(error instanceof LayerAlreadyExistsException)) throw error
  }
}

/** Cuts a stream into parts of a size; the last may be shorter. */
async function* partsOfSize(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  // Chunks are small beside a part: joined once for each part, and not at each chunk.
  let kept: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    kept.push(chunk)
    length += chunk.length
    if (length < size) continue
    let whole = Buffer.concat(kept)
    for (; whole.length >= size; whole = whole.subarray(size)) yield whole.subarray(0, size)
    kept = [whole]
    length = whole.length
  }
  if (length > 0) yield Buffer.concat(kept)
}
