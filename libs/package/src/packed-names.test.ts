import { expect, test } from 'vitest'
import { asPacked } from './packed-names.ts'

test('files are called as they are in the package, in each sentence about them', () => {
  const files = [
    { name: 'elife-1-fig 1-v1.tif', packed: 'elife-1-fig 1.tif' },
    { name: 'fig1-v1.jpg', packed: 'fig1.jpg' },
    { name: 'fig1-v1.tif', packed: 'fig1-v2.tif' },
    { name: 'video1.mp4', packed: 'video1.mp4' },
  ]
  const findings = [
    {
      code: 'same-figure' as const,
      message: 'fig1-v1.jpg is left out: fig1-v1.tif is the same figure.',
      file: 'fig1-v1.jpg',
    },
    { code: 'unnamed-file' as const, message: 'elife-1-fig 1-v1.tif is not named.', file: 'elife-1-fig 1-v1.tif' },
    { code: 'same-name' as const, message: 'Two (fig1-v1.jpg, fig1-v1.tif): video1.mp4.' },
    { code: 'missing-image' as const, message: 'The XML names fig9, which is not there.', file: 'fig9' },
  ]
  expect(asPacked({ problems: [], findings }, files).findings).toMatchObject([
    { message: 'fig1.jpg is left out: fig1-v2.tif is the same figure.', file: 'fig1.jpg' },
    { message: 'elife-1-fig 1.tif is not named.', file: 'elife-1-fig 1.tif' },
    { message: 'Two (fig1.jpg, fig1-v2.tif): video1.mp4.' },
    { message: 'The XML names fig9, which is not there.', file: 'fig9' },
  ])
})
