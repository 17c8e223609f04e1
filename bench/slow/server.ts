import { createApp, createLogger, serve } from '@continuum/service'

/** A service as every service of ours is: the application of libs/service, with a page. */
const logger = createLogger({ service: 'bench', level: 'silent' })
const app = await createApp({ name: 'bench', logger })
const page = `<!doctype html><title>An article</title>${'<p>A paragraph of an article.</p>'.repeat(1000)}`
app.get('/article', async (_, reply) => reply.type('text/html').send(page))
const { url } = await serve(app, { HOST: '127.0.0.1', PORT: 0 })
console.log(url)
