import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { digestOf, EcrError, imagesOf, putBlob, putImage, readBlob, type KeptImage } from './images.ts'

/** The inputs of ECR's operations, as far as they are used here. */
const Input = Type.Object({
  repositoryName: Type.String(),
  imageIds: Type.Optional(
    Type.Array(Type.Object({ imageTag: Type.Optional(Type.String()), imageDigest: Type.Optional(Type.String()) })),
  ),
  imageManifest: Type.Optional(Type.String()),
  imageManifestMediaType: Type.Optional(Type.String()),
  imageTag: Type.Optional(Type.String()),
  imageDigest: Type.Optional(Type.String()),
  layerDigests: Type.Optional(Type.Array(Type.String())),
  layerDigest: Type.Optional(Type.String()),
  layerPartBlob: Type.Optional(Type.String()),
  partFirstByte: Type.Optional(Type.Integer()),
  uploadId: Type.Optional(Type.String()),
})
type Input = Type.Static<typeof Input>

/** An ECR on this machine, for the images in a store. */
export interface Ecr extends AsyncDisposable {
  readonly url: string
}

/** Parts of a layer are at least this long, except the last. AWS's own are 5 MB; these are short, so that a test has several. */
const partSize = 16

/** Serves ECR's API for the repositories of a store. */
export async function startEcr(store: string): Promise<Ecr> {
  const uploads = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => response.writeHead(status).end(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${Object(server.address()).port}`

  async function answer(request: IncomingMessage): Promise<{ status: number; body: string | Buffer }> {
    const layer = new URL(request.url ?? '/', url).searchParams
    const repository = layer.get('repository')
    if (request.method === 'GET' && repository !== null)
      return { status: 200, body: readBlob(store, repository, layer.get('digest') ?? '') ?? '' }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    try {
      const input = Value.Parse(Input, JSON.parse(Buffer.concat(chunks).toString()))
      return { status: 200, body: JSON.stringify(operations[operation]?.(input) ?? {}) }
    } catch (error) {
      const code = error instanceof EcrError ? error.code : 'InvalidParameterException'
      return { status: 400, body: JSON.stringify({ __type: code, message: String(error) }) }
    }
  }

  const operations: Record<string, (input: Input) => object> = {
    DescribeImages: ({ repositoryName, imageIds = [{}] }) => ({
      imageDetails: imageIds.flatMap((id) => {
        const found = imagesOf(store, repositoryName).filter((image) => isMeant(id, image))
        if (found.length === 0) throw new EcrError('ImageNotFoundException', 'The image does not exist')
        return found.map(({ digest, tags }) => ({ repositoryName, imageDigest: digest, imageTags: tags }))
      }),
    }),
    BatchGetImage: ({ repositoryName, imageIds = [] }) => ({
      images: imageIds.flatMap((id) =>
        imagesOf(store, repositoryName)
          .filter((image) => isMeant(id, image))
          .map(({ digest, manifest, mediaType }) => ({
            repositoryName,
            imageId: { imageDigest: digest },
            imageManifest: manifest,
            imageManifestMediaType: mediaType,
          })),
      ),
      failures: [],
    }),
    PutImage: ({ repositoryName, imageManifest = '', imageManifestMediaType = '', imageTag, imageDigest }) => {
      if (imageDigest !== undefined && imageDigest !== digestOf(imageManifest))
        throw new EcrError('ImageDigestDoesNotMatchException', 'The digest is not that of the manifest')
      const manifest = { manifest: imageManifest, mediaType: imageManifestMediaType, tag: imageTag }
      return {
        image: { repositoryName, imageId: { imageDigest: putImage(store, repositoryName, manifest), imageTag } },
      }
    },
    BatchCheckLayerAvailability: ({ repositoryName, layerDigests = [] }) => ({
      layers: layerDigests.map((digest) => ({
        layerDigest: digest,
        layerAvailability: readBlob(store, repositoryName, digest) === undefined ? 'UNAVAILABLE' : 'AVAILABLE',
      })),
      failures: [],
    }),
    GetDownloadUrlForLayer: ({ repositoryName, layerDigest = '' }) => {
      const where = new URLSearchParams({ repository: repositoryName, digest: layerDigest })
      return { downloadUrl: `${url}/?${where.toString()}`, layerDigest }
    },
    InitiateLayerUpload: () => {
      const uploadId = String(uploads.size + 1)
      uploads.set(uploadId, Buffer.alloc(0))
      return { uploadId, partSize }
    },
    UploadLayerPart: ({ uploadId = '', layerPartBlob = '', partFirstByte }) => {
      const before = uploads.get(uploadId) ?? Buffer.alloc(0)
      if (partFirstByte !== before.length)
        throw new EcrError('InvalidLayerPartException', `The part must begin at ${before.length}`)
      if (before.length % partSize !== 0)
        throw new EcrError('LayerPartTooSmallException', 'A part before the last is too small')
      uploads.set(uploadId, Buffer.concat([before, Buffer.from(layerPartBlob, 'base64')]))
      return {}
    },
    CompleteLayerUpload: ({ repositoryName, uploadId = '', layerDigests = [] }) => {
      const bytes = uploads.get(uploadId) ?? Buffer.alloc(0)
      if (digestOf(bytes) !== layerDigests[0])
        throw new EcrError('InvalidLayerException', 'The layer does not have the digest that it should')
      return { layerDigest: putBlob(store, repositoryName, bytes) }
    },
  }

  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function isMeant(id: { imageTag?: string; imageDigest?: string }, { digest, tags }: KeptImage): boolean {
  return (
    (id.imageDigest === undefined || id.imageDigest === digest) &&
    (id.imageTag === undefined || tags.includes(id.imageTag))
  )
}
