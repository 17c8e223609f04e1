import type { Journal } from '@continuum/article'
import type { SiteContent } from '@continuum/settings'
import type { JournalLook } from '../pages/layout.ts'
import { versionOf } from './assets.ts'

/** The looks of the journals: what is configured, with the addresses at which this site serves it. */
export function looksOf(journals: readonly Journal[], content: readonly SiteContent[]): JournalLook[] {
  return journals.map(({ prefix, name, publisher, issn }) => {
    const own = content.find(({ journal }) => journal === prefix)
    const style = own && coloursOf(own)
    return {
      prefix,
      name,
      publisher,
      issn,
      ...(style && { stylesheet: `/journals/${prefix}/style.css?v=${versionOf(style)}` }),
      ...(own?.logo !== undefined && { logo: `/journals/${prefix}/logo.svg?v=${versionOf(own.logo)}` }),
      pages: own?.pages.map((page) => ({ name: page.name, title: page.title })) ?? [],
    }
  })
}

/** The stylesheet of a journal's colours; undefined where it has the site's. */
export function coloursOf({ colour, darkColour }: SiteContent): string | undefined {
  const light = colour && `:root { --accent: ${colour}; }\n`
  const dark = darkColour && `@media (prefers-color-scheme: dark) {\n  :root { --accent: ${darkColour}; }\n}\n`
  // Colours of light ground are not readable on dark ground.
  const kept = colour && !darkColour ? '@media (prefers-color-scheme: dark) {\n  :root { --accent: #83cbd6; }\n}\n' : ''
  return [light, dark, kept].filter(Boolean).join('') || undefined
}
