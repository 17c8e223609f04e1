import { html, nothing, safe, when, type Html } from '@continuum/service'

export { when, html, nothing, safe, type Html }

/** Makes markup of a list, or nothing where it is empty. */
export function unlessEmpty<T>(items: readonly T[], piece: (items: readonly T[]) => Html): Html {
  return items.length === 0 ? nothing : piece(items)
}

/** The attribute `id`, or nothing. */
export function id(value: string | undefined): Html {
  return when(value, (known) => html` id="${known}"`)
}

/** The attribute `lang`, or nothing where there is none or it is no language tag. */
export function lang(value: string | undefined): Html {
  return when(
    value && /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(value) ? value : undefined,
    (tag) => html` lang="${tag}"`,
  )
}

/** @param level from 1 to 6 */
export function heading(level: number, content: Html | string, attributes: Html = nothing): Html {
  const name = `h${level}`
  return html`${safe(`<${name}`)}${attributes}>${content}${safe(`</${name}>`)}`
}

/** A DOI as the address that resolves it. */
export function doiLink(doi: string): Html {
  const address = `https://doi.org/${doi}`
  return html`<a class="doi" href="${address}">${address}</a>`
}

/** Small words one after the other, with dots between them that are text: a browser without styles shows them, too. */
export function dotted(parts: readonly (Html | string)[]): Html {
  return html`${parts.map((part, index) => html`${index > 0 ? ' · ' : ''}<span>${part}</span>`)}`
}
