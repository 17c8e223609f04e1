import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { once } from 'node:events'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createClients } from '@continuum/aws-resources'
import { temporaryFolder } from '@continuum/package/testing'
import { expect, onTestFinished, test } from 'vitest'
import { locationReader } from './locations.ts'

const { s3 } = createClients({ region: 'us-east-1' })
const read = locationReader({ s3, bucket: 'a-bucket' })

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
}

/** A web server over TLS, which this process trusts until the test ends. */
async function startServer(answers: Record<string, number>) {
  const folder = await temporaryFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-nodes', '-days', '1', ...subject, '-keyout', key, '-out', cert],
    {
      stdio: 'ignore',
    },
  )
  const trusted = getCACertificates('default')
  setDefaultCACertificates([...trusted, await readFile(cert, 'utf8')])
  const server = createServer({ key: await readFile(key), cert: await readFile(cert) }, ({ url = '' }, response) => {
    const status = answers[url] ?? 404
    response.writeHead(status, status === 302 ? { location: '/a.xml' } : {}).end(`at ${url}`)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => {
    setDefaultCACertificates(trusted)
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `https://localhost:${typeof address === 'object' && address ? address.port : 0}`
}

test.runIf(hasOpenssl())(
  'https is read, with what lies beside it; what is not there is told from a server that fails',
  async () => {
    const url = await startServer({ '/x/a.xml': 200, '/x/fig%201.tif': 200, '/moved': 302, '/down': 503, '/mine': 403 })
    const { bytes, readBeside } = await read(`${url}/x/a.xml`)
    expect(Buffer.from(bytes).toString()).toBe('at /x/a.xml')
    expect(Buffer.from((await readBeside('fig 1.tif')) ?? []).toString()).toBe('at /x/fig%201.tif')
    expect(await readBeside('fig2.tif')).toBeUndefined()
    await expect(read(`${url}/none.xml`)).rejects.toMatchObject({
      retry: false,
      message: expect.stringMatching('nothing at this address'),
    })
    await expect(read(`${url}/mine`)).rejects.toMatchObject({ retry: false, message: 'the server answered 403' })
    await expect(read(`${url}/down`)).rejects.toMatchObject({ retry: true, message: 'the server answered 503' })
    await expect(read(`${url}/moved`)).rejects.toMatchObject({
      retry: true,
      message: expect.stringMatching('redirect'),
    })
  },
)

test('a server that cannot be reached may be tried again', async () => {
  await expect(read('https://127.0.0.1:1/a.xml')).rejects.toMatchObject({ name: 'DownloadError', retry: true })
})
