import { expect, test } from 'vitest'
import { startDashboard } from '../../web/dashboard.fixture.ts'
import { corrected, startStores } from './stores.fixture.ts'

const textOf = (body: string) =>
  body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#x2F;', '/')
    .replaceAll(/\s+/g, ' ')

test('a silent correction is shown beside what is public: words, figures and files', async () => {
  const { LAX_URL } = await startStores()
  await using dashboard = await startDashboard({ LAX_URL })
  await dashboard.receive(corrected)
  const ada = await dashboard.signIn('ada', 'reader')
  const { statusCode, body } = await ada.get('/article/00353/1/b/changes')
  expect(statusCode).toBe(200)
  const text = textOf(body)
  expect(text).toContain('Replaces the text of version 1, which is public. Shown beside version 1')
  expect(text).toContain('Bees sleep [gone: by ] [new: at ] [gone: day ] [new: night ] .')
  expect(text).toContain('The metadata is the same.')
  expect(text).toMatch(/elife-00353-fig1.tif differs 10 bytes 10 bytes/)
  const images = [...body.matchAll(/<img src="([^"]*)"/g)].map(([, path = '']) =>
    path.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '='),
  )
  const shown = await Promise.all(images.map((path) => ada.get(path)))
  expect(shown.map((image) => [image.headers['content-type'], image.body])).toEqual([
    ['image/jpeg', 'the public image'],
    ['image/jpeg', 'the new image'],
  ])
  const linked = (await ada.get('/current')).body
  expect(linked).toContain('/article&#x2F;00353&#x2F;1&#x2F;b&#x2F;changes'.replaceAll('/article', '&#x2F;article'))
  expect((await ada.get('/article/00353/1/b')).body).toContain('What changes')
})

test('an image route gives images alone, and none of another folder', async () => {
  const { LAX_URL } = await startStores()
  await using dashboard = await startDashboard({ LAX_URL })
  const status = async (path: string) => (await dashboard.get(path)).statusCode
  expect(await status('/article/00353/public-image?file=elife-00353-fig1-v1.jpg')).toBe(200)
  expect(await status('/article/00353/public-image?file=elife-00353-v1.xml')).toBe(404)
  expect(await status('/article/00353/public-image?file=..%2F00353%2Felife-00353-fig1-v1.jpg')).toBe(400)
  expect(await status('/article/00353/1/b/image?file=absent.jpg')).toBe(404)
})

test('where nothing is public, or cannot be read, the page says so', async () => {
  const { lax, LAX_URL } = await startStores()
  await using dashboard = await startDashboard({ LAX_URL })
  await dashboard.receive(corrected)
  const page = async (run = 'b') => {
    const { statusCode, body } = await dashboard.get(`/article/00353/1/${run}/changes`)
    return `${statusCode} ${textOf(body)}`
  }
  lax.status = 404
  expect(await page()).toContain('Nothing of this article is public yet: all of it is new.')
  Object.assign(lax, { status: 410, body: JSON.stringify({ detail: 'The authors asked for it.' }) })
  expect(await page()).toContain('The article is withdrawn, so nothing of it is public. The authors asked for it.')
  lax.status = 500
  expect(await page()).toContain('200')
  expect(await page()).toContain('Not compared. The article store (lax) answered 500. Try again in a moment.')
  expect(await page('x')).toMatch(/^404 /)
})
