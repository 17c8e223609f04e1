import { expect, test } from 'vitest'
import { readMecaManifest } from './meca.ts'

const read = (items: string) =>
  readMecaManifest(
    Buffer.from(
      `<manifest xmlns="http://manuscriptexchange.org" xmlns:xlink="http://www.w3.org/1999/xlink">${items}</manifest>`,
    ),
  )

test('a manifest says which files are of the article', () => {
  const items = `<item item-type="article-metadata"><instance href="content/1.xml" media-type="application/xml"/></item>
    <item type="figure"><item-title>F</item-title><instance href="./content/f1.tif"/><instance xlink:href="content/f1.png"/></item>
    <item item-type="supplementary-material"><instance href="content/s1.csv"/></item>
    <item item-type="review-metadata"><instance href="reviews.xml"/></item>
    <item item-type="cover-letter"><instance href="letter.pdf"/></item>`
  expect(read(items)?.map(({ path, isOfArticle }) => `${path} ${isOfArticle}`)).toEqual([
    'content/1.xml true',
    'content/f1.tif true',
    'content/f1.png true',
    'content/s1.csv true',
    'reviews.xml false',
    'letter.pdf false',
  ])
})

test('another XML of that name is no manifest', () => {
  expect(readMecaManifest(Buffer.from('<article/>'))).toBeUndefined()
})
