import { expect, test } from 'vitest'
import { digestOf, imagesOf, pushImage, putImage, readBlob } from '../../proofs/registry/images.ts'
import { newRegistry } from '../stack.fixture.ts'
import { copyImage } from './copy.ts'
import { findImage, imageNamed, openRepository } from './registry.ts'

async function newStore() {
  const open = (name: string) => openRepository(`123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}`)
  return { store: await newRegistry(), test: open('ct-continuum'), prod: open('continuum') }
}

test('an image is found by its tag, its digest or both', async () => {
  const { store, test: repository } = await newStore()
  const digest = pushImage(store, 'ct-continuum', 'one')
  const found = { tag: 'one', digest }
  for (const name of ['one', digest, `one@${digest}`]) expect(await findImage(repository, name)).toEqual(found)
  expect(await findImage(repository, 'two')).toBeUndefined()
  expect(await findImage(repository, `two@${digest}`)).toBeUndefined()
  await expect(imageNamed(repository, 'two')).rejects.toThrow('has no image two: push it first')
})

test('a copy has the same digest and the same bytes, and is made once', async () => {
  const { store, test: from, prod: to } = await newStore()
  // Longer than a part of an upload.
  const layers = ['the base of all images, '.repeat(5), 'what this one adds']
  const digest = pushImage(store, 'ct-continuum', 'one', { layers })
  const image = { tag: 'one', digest }
  expect(await copyImage(from, to, image)).toBe(true)
  expect(await findImage(to, 'one')).toEqual(image)
  for (const layer of layers) expect(String(readBlob(store, 'continuum', digestOf(layer)))).toBe(layer)
  expect(await copyImage(from, to, image)).toBe(false)
})

test('a list of images is copied with all that it lists', async () => {
  const { store, test: from, prod: to } = await newStore()
  const digest = pushImage(store, 'ct-continuum', 'child')
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, manifests: [{ digest }] })
  const list = putImage(store, 'ct-continuum', { manifest, mediaType, tag: 'list' })
  expect(await copyImage(from, to, { tag: 'list', digest: list })).toBe(true)
  expect(
    imagesOf(store, 'continuum')
      .map((image) => image.digest)
      .toSorted(),
  ).toEqual([digest, list].toSorted())
})

test('a tag that means another image there is refused, and so is an image that is not there', async () => {
  const { store, test: from, prod: to } = await newStore()
  const digest = pushImage(store, 'ct-continuum', 'one')
  pushImage(store, 'continuum', 'one', { layers: ['built apart'] })
  await expect(copyImage(from, to, { tag: 'one', digest })).rejects.toThrow('has another image as one')
  await expect(copyImage(from, to, { tag: 'two', digest: `sha256:${'0'.repeat(64)}` })).rejects.toThrow('has no image')
})

test('a repository outside of ECR is not opened', () => {
  expect(() => openRepository('registry.example.org/continuum')).toThrow('is not in ECR')
})
