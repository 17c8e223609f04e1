import { PutObjectCommand, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { signToken } from '@continuum/service'
import { describe, expect, test } from 'vitest'
import { readPage } from './article/page.fixture.ts'
import { createPreviewFiles } from './site/preview-files.ts'
import { cdnUrl, sampleArticle, sampleEif } from './editions/samples.fixture.ts'
import { secret, startSite, type SiteUnderTest } from './site.fixture.ts'

/** Previews, which only production editors see. */

async function startWithPreview(options: Parameters<typeof startSite>[0] = {}) {
  const site = await startSite(options)
  await site.post('/api/article.json', sampleEif(), { ...site.pipeline, 'x-continuum-run': 'run-1' })
  const picture = { uri: `${cdnUrl}/00353/elife-00353-fig1-v1.jpg`, size: { width: 900, height: 500 } }
  const figure = { type: 'figure', assets: [{ type: 'image', id: 'fig1', label: 'Figure 1', image: picture }] }
  const body = [{ type: 'section', id: 's1', title: 'Results', content: [figure] }]
  site.stored.everything['00353v1'] = sampleArticle({ body, pdf: `${cdnUrl}/00353/elife-00353-v1.pdf` })
  return site
}

/** Follows a signed link: its cookie as browsers send it back, and where it leads. */
async function open(site: SiteUnderTest, path: string) {
  const answer = await site.get(path)
  const [cookie] = answer.cookies
  return { answer, headers: { cookie: cookie ? `${cookie.name}=${cookie.value}` : '' }, cookie }
}

describe('while secrets are rotated', () => {
  const next = { preview: 'the-next-secret-of-links', password: 'the-next-password' }

  test('links that either secret signed open a preview, and a third does not', async () => {
    await using site = await startWithPreview({ secrets: { preview: [next.preview, secret], password: 'a password' } })
    const { headers } = await open(site, `/articles/00353v1${site.previewOf('00353', 1)}`)
    expect((await site.get('/articles/00353v1', headers)).statusCode).toBe(200)
    const exp = site.clock.now.epochMilliseconds / 1000 + 600
    const signedBy = async (by: string) => {
      const link = `/articles/00353v1?preview=${signToken(by, { article: '00353', version: 1, exp })}`
      return (await site.get('/articles/00353v1', (await open(site, link)).headers)).statusCode
    }
    expect(await signedBy(next.preview)).toBe(200)
    expect(await signedBy('the-secret-before-those')).toBe(404)
  })

  test('the pipeline is taken with either password, and with no third', async () => {
    await using site = await startSite({ secrets: { preview: secret, password: [next.password, 'a password'] } })
    const post = async (password: string) => {
      const authorization = `Basic ${Buffer.from(`bot:${password}`).toString('base64')}`
      return (await site.post('/api/article.json', sampleEif(), { authorization })).statusCode
    }
    expect(await Promise.all([post('a password'), post(next.password)])).toEqual([200, 200])
    expect(await post('the password before those')).toBe(403)
  })
})

describe('a preview link', () => {
  test('becomes a cookie for this version alone, and the address loses the token', async () => {
    await using site = await startWithPreview()
    const { answer, cookie } = await open(site, `/articles/00353v1${site.previewOf('00353', 1)}`)
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/articles/00353v1'])
    expect(cookie).toMatchObject({ path: '/articles/00353v1', httpOnly: true, sameSite: 'Lax', maxAge: 600 })
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
  })

  test('that came over TLS to the load balancer becomes a cookie for TLS alone', async () => {
    await using site = await startWithPreview({ trustedProxies: ['127.0.0.1'] })
    const link = `/articles/00353v1${site.previewOf('00353', 1)}`
    const cookies = async (protocol: string) => (await site.get(link, { 'x-forwarded-proto': protocol })).cookies
    expect(await cookies('https')).toMatchObject([{ secure: true }])
    expect((await cookies('http'))[0]).not.toHaveProperty('secure')
  })

  test('shows the version as readers will see it, says that it is a preview and until when', async () => {
    await using site = await startWithPreview()
    const { headers } = await open(site, `/articles/00353v1${site.previewOf('00353', 1)}`)
    const answer = await site.get('/articles/00353v1', headers)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toBe('private, no-store')
    const page = readPage(answer.body)
    expect(page.text('p')[0]).toMatch(/^Preview of version 1\..*until 12:10 UTC on 5 October 2016\.$/)
    expect(page.attribute('meta', 'content')).toContain('noindex')
    expect(page.attribute('img', 'src')).toEqual(['/articles/00353v1/files/elife-00353-fig1-v1.jpg'])
    expect(page.attribute('img', 'srcset')[0]).toContain('/articles/00353v1/files/elife-00353-fig1-v1-600w.jpg 600w')
    expect(page.attribute('a', 'href')).toContain('/articles/00353v1/files/elife-00353-v1.pdf')
    expect(answer.body).not.toContain(cdnUrl)
  })

  test('shows a correction while readers see what it will replace', async () => {
    await using site = await startWithPreview()
    await site.put('/api/publish/00353.1.json', { publish: true })
    site.stored.published['00353v1'] = sampleArticle()
    await site.post('/api/article.json', sampleEif({ title: 'Corrected' }), {
      ...site.pipeline,
      'x-continuum-run': 'run-2',
    })
    site.stored.everything['00353v1'] = sampleArticle({ title: 'Corrected' })
    const { headers } = await open(site, `/articles/00353v1${site.previewOf('00353', 1)}`)
    expect(readPage((await site.get('/articles/00353v1', headers)).body).text('h1')).toEqual(['Corrected'])
    expect(readPage((await site.get('/articles/00353v1')).body).text('h1')).toEqual(['A good life'])
  })

  test('is of no use for another version, forged, or when it is over', async () => {
    await using site = await startWithPreview()
    await site.post('/api/article.json', sampleEif({ 'article-id': '00288' }))
    const right = site.previewOf('00353', 1)
    for (const path of [
      `/articles/00288v1${right}`,
      `/articles/00353v1${right}x`,
      '/articles/00353v1?preview=',
      `/articles/00353v2${right}`,
    ]) {
      const { answer } = await open(site, path)
      expect([answer.statusCode, answer.cookies], path).toEqual([403, []])
    }
    const { headers } = await open(site, `/articles/00353v1${right}`)
    expect((await site.get('/articles/00288v1', headers)).statusCode).toBe(404)
    site.clock.now = site.clock.now.add({ minutes: 11 })
    expect((await site.get('/articles/00353v1', headers)).statusCode).toBe(404)
    expect((await site.get(`/articles/00353v1${right}`)).statusCode).toBe(403)
  })
})

describe('the files of a preview', () => {
  test('come from the run that made them, to who has the cookie', async () => {
    await using aws = await startAwsLocal()
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    const s3 = new S3Client({ endpoint: aws.url, region: 'us-east-1', credentials, forcePathStyle: true })
    await s3.send(new CreateBucketCommand({ Bucket: 'expanded' }))
    const put = (name: string, type: string) =>
      s3.send(
        new PutObjectCommand({
          Bucket: 'expanded',
          Key: `00353.1/run-1/cdn/${name}`,
          Body: `<${name}>`,
          ContentType: type,
        }),
      )
    await put('fig1.jpg', 'image/jpeg')
    await put('fig1-download.jpg', 'image/jpeg')
    await put('page.html', 'text/html')
    await put('drawing.svg', 'image/svg+xml')
    await put('a.pdf', 'application/pdf')
    await using site = await startWithPreview({ previewFiles: createPreviewFiles(s3, 'expanded') })
    const { headers } = await open(site, `/articles/00353v1${site.previewOf('00353', 1)}`)
    const file = (name: string, sent = headers) => site.get(`/articles/00353v1/files/${name}`, sent)

    const image = await file('fig1.jpg')
    expect([image.statusCode, image.body]).toEqual([200, '<fig1.jpg>'])
    expect(image.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(image.headers['content-disposition']).toBeUndefined()
    expect((await file('fig1-download.jpg')).headers['content-disposition']).toBe('attachment; filename="fig1.jpg"')
    expect((await file('page.html')).headers['content-disposition']).toBe('attachment; filename="page.html"')
    expect((await file('drawing.svg')).headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="drawing.svg"',
    })
    expect((await file('page.html')).headers['content-security-policy']).toContain("default-src 'none'")
    expect((await file('a.pdf')).headers).not.toHaveProperty('content-security-policy')
    for (const name of ['a+b.csv', '100%.csv', 'données é.csv', "it's #1&?.csv"]) {
      await put(name, 'text/csv')
      expect((await file(encodeURIComponent(name))).body).toBe(`<${name}>`)
    }
    for (const name of ['none.jpg', '..%2Ffig1.jpg', '.hidden', '%2Fetc', 'a%5Cb', 'a%00b'])
      expect((await file(name)).statusCode, name).toBe(404)
    expect((await file('fig1.jpg', { cookie: '' })).statusCode).toBe(404)
    s3.destroy()
  })
})
