import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SiteContent } from '@continuum/settings'
import type { ValidationError } from '../check/validation-error.ts'
import { isRecord } from '../model/overlay.ts'

/** A process's settings are environment variables, for which ECS has 64 KB in all. */
const maxBytes = 32_000

/**
 * Reads how journals look on the site: of each, the folder `journals/<name>/` beside its file, where it has one. In it are
 * `site.json` (`colour`, `darkColour`), `logo.svg`, and pages as Markdown, each with its title as first line: `# About`.
 *
 * @param named the journals of an environment as its file names them
 * @param journals the same as settings
 */
export async function siteContentOf(
  named: readonly unknown[],
  journals: unknown,
  folder: string,
): Promise<{ readonly content: readonly unknown[]; readonly problems: readonly ValidationError[] }> {
  const problems: ValidationError[] = []
  const content = await Promise.all(
    named.map(async (name, index) => {
      const settings: unknown = Array.isArray(journals) ? journals[index] : undefined
      if (typeof name !== 'string' || !isRecord(settings)) return undefined
      const own = join(folder, 'journals', name)
      const files = await readdir(own).catch((): string[] => [])
      if (files.length === 0) return undefined
      const read = (file: string) => readFile(join(own, file), 'utf8')
      try {
        const look: unknown = files.includes('site.json') ? JSON.parse(await read('site.json')) : {}
        return {
          ...(isRecord(look) && look),
          journal: Reflect.get(settings, 'prefix'),
          ...(files.includes('logo.svg') && { logo: await read('logo.svg') }),
          pages: await Promise.all(
            files
              .filter((file) => file.endsWith('.md'))
              .toSorted()
              .map(async (file) => pageOf(file, await read(file))),
          ),
        }
      } catch (error) {
        problems.push({ path: `journals.${index}`, text: `is "${name}": journals/${name}/ ${String(error)}` })
        return undefined
      }
    }),
  )
  const known = content.filter((each) => each !== undefined)
  const bytes = Buffer.byteLength(JSON.stringify(known))
  if (bytes > maxBytes)
    problems.push({
      path: 'journals',
      text: `have ${bytes} bytes of pages and logos; a process can be given ${maxBytes}`,
    })
  return { content: known, problems }
}

/** @throws Error if the page has no title */
function pageOf(file: string, text: string): SiteContent['pages'][number] {
  const [, title, rest = ''] = /^\s*#\s+(.+?)\s*(?:\n([^]*))?$/.exec(text.replaceAll('\r\n', '\n')) ?? []
  if (title === undefined) throw new Error(`${file} must begin with its title: # About`)
  return { name: file.replace(/\.md$/, ''), title, text: rest.trim() }
}
