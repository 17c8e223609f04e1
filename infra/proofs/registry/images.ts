import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expired } from './lifecycle.ts'

/** An image that a repository keeps: the text of its manifest, under which layers are found. */
export interface KeptImage {
  readonly digest: string
  readonly tags: readonly string[]
  readonly pushedAt: number
  readonly manifest: string
  readonly mediaType: string
}

/** An error of ECR, by its code. */
export class EcrError extends Error {
  override readonly name = 'EcrError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'

/** The digest of bytes, as registries have it. */
export const digestOf = (bytes: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** The images of a repository that is kept in a store. */
export function imagesOf(store: string, repository: string): KeptImage[] {
  const folder = manifestsIn(store, repository)
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name): KeptImage => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

/** Pushes an image to a repository, as `docker push` would. @returns its digest */
export function pushImage(
  store: string,
  repository: string,
  tag: string,
  { healthy = true, layers = [`layer of ${tag}`] }: { healthy?: boolean; layers?: readonly string[] } = {},
): string {
  const described = [JSON.stringify({ tag, healthy }), ...layers].map((content) => ({
    mediaType: 'application/octet-stream',
    size: Buffer.byteLength(content),
    digest: putBlob(store, repository, Buffer.from(content)),
  }))
  const [config, ...rest] = described
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: dockerManifest, config, layers: rest })
  return putImage(store, repository, { manifest, mediaType: dockerManifest, tag })
}

/**
 * Puts an image, as ECR does: its layers must be there, a tag never changes its image, and the lifecycle policy is applied.
 *
 * @returns its digest
 * @throws EcrError
 */
export function putImage(
  store: string,
  repository: string,
  { manifest, mediaType, tag }: { manifest: string; mediaType: string; tag?: string | undefined },
): string {
  const digest = digestOf(manifest)
  const missing = blobsIn(manifest).filter((blob) => readBlob(store, repository, blob) === undefined)
  if (missing.length > 0) throw new EcrError('LayersNotFoundException', `Layers do not exist: ${missing.join(', ')}`)
  const images = imagesOf(store, repository)
  const before = images.find((image) => image.digest === digest)
  if (before !== undefined && (tag === undefined || before.tags.includes(tag)))
    throw new EcrError('ImageAlreadyExistsException', `Image with digest ${digest} already exists`)
  if (tag !== undefined && images.some(({ tags }) => tags.includes(tag)))
    throw new EcrError('ImageTagAlreadyExistsException', `The image tag ${tag} already exists and is immutable`)
  const last = Math.max(0, ...images.map(({ pushedAt }) => pushedAt))
  const tags = [...(before?.tags ?? []), ...(tag === undefined ? [] : [tag])]
  const image: KeptImage = { manifest, mediaType, digest, tags, pushedAt: Math.max(Date.now(), last + 1) }
  mkdirSync(manifestsIn(store, repository), { recursive: true })
  writeFileSync(fileOf(manifestsIn(store, repository), digest), JSON.stringify(image))
  expireImages(store, repository)
  return digest
}

/** Deletes what the repository's lifecycle policy deletes. AWS does so within a day, this at once. */
function expireImages(store: string, repository: string): void {
  const policy = policyOf(store, repository)
  if (policy === undefined) return
  for (const digest of expired(imagesOf(store, repository), policy, Date.now()))
    rmSync(fileOf(manifestsIn(store, repository), digest))
}

/** The lifecycle policy among the resources of a store, which are JSON files. */
function policyOf(store: string, repository: string): string | undefined {
  const records = readdirSync(store).filter((name) => name.endsWith('.json'))
  for (const name of records) {
    const { type, inputs }: { type: string; inputs: { repository?: string; policy?: string } } = JSON.parse(
      readFileSync(join(store, name), 'utf8'),
    )
    if (type === 'aws:ecr/lifecyclePolicy:LifecyclePolicy' && inputs.repository === repository) return inputs.policy
  }
  return undefined
}

/** Keeps a layer, or the configuration of an image. @returns its digest */
export function putBlob(store: string, repository: string, bytes: Uint8Array): string {
  const digest = digestOf(bytes)
  mkdirSync(blobsOf(store, repository), { recursive: true })
  writeFileSync(fileOf(blobsOf(store, repository), digest), bytes)
  return digest
}

export function readBlob(store: string, repository: string, digest: string): Buffer | undefined {
  const file = fileOf(blobsOf(store, repository), digest)
  return existsSync(file) ? readFileSync(file) : undefined
}

/** True unless the image was pushed as one whose tasks never become healthy. */
export function isHealthy(store: string, repository: string, { manifest }: KeptImage): boolean {
  const { config }: { config: { digest: string } } = JSON.parse(manifest)
  const { healthy }: { healthy: boolean } = JSON.parse(String(readBlob(store, repository, config.digest) ?? '{}'))
  return healthy
}

/** Removes the images of a repository that is deleted. */
export const removeImages = (store: string, repository: string): void =>
  rmSync(join(store, 'images', repository), { recursive: true, force: true })

/** The layers that a manifest names, and its configuration; those of a list are in the images that it lists. */
function blobsIn(manifest: string): string[] {
  const { config, layers = [] }: { config?: { digest: string }; layers?: { digest: string }[] } = JSON.parse(manifest)
  return [...(config ? [config] : []), ...layers].map(({ digest }) => digest)
}

const manifestsIn = (store: string, repository: string) => join(store, 'images', repository, 'manifests')
const blobsOf = (store: string, repository: string) => join(store, 'images', repository, 'blobs')
const fileOf = (folder: string, digest: string) => join(folder, digest.replace('sha256:', ''))
