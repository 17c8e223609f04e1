import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { App } from '@continuum/service'

const publicFolder = new URL('../../public/', import.meta.url)
const scriptFolder = new URL('../../script/', import.meta.url)
const fontFolder = new URL('files/', import.meta.resolve('@fontsource/stix-two-math/package.json'))
const maxAge = '30d'

/** The cache header of a file that has its version in its address. */
export const keptForLong = 'public, max-age=2592000'

/** The files that every page loads, by their addresses, which change with their content. */
export interface Assets {
  stylesheet: string
  script: string
  /** The content of `/assets/site.js`. */
  scriptText: string
}

/** Reads the stylesheet and the parts of the script, which are one file to readers. */
export async function readAssets(): Promise<Assets> {
  const parts = (await readdir(scriptFolder)).filter((name) => name.endsWith('.js')).toSorted()
  const texts = await Promise.all(parts.map((name) => readFile(new URL(name, scriptFolder), 'utf8')))
  // Each in a block of its own: none sees the names of another.
  const scriptText = texts.map((text) => `{\n${text}}\n`).join('')
  const style = await readFile(new URL('style.css', publicFolder), 'utf8')
  return {
    stylesheet: `/assets/style.css?v=${versionOf(style)}`,
    script: `/assets/site.js?v=${versionOf(scriptText)}`,
    scriptText,
  }
}

/** Names a content in an address. */
export function versionOf(content: string): string {
  return createHash('sha1').update(content).digest('hex').slice(0, 12)
}

/** Adds the stylesheet, the script, the icon and the font for formulas. */
export async function addAssets(app: App, { scriptText }: Assets): Promise<void> {
  await app.register(fastifyStatic, { root: fileURLToPath(publicFolder), prefix: '/assets/', maxAge })
  const fonts = fileURLToPath(fontFolder)
  await app.register(fastifyStatic, { root: fonts, prefix: '/assets/fonts/', maxAge, decorateReply: false })
  app.get('/assets/site.js', { schema: { hide: true } }, async (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', keptForLong).send(Buffer.from(scriptText)),
  )
}
