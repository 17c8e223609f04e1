import { HtmlSafeString, safe } from 'escape-html-template-tag'

export { safe }
export type Html = HtmlSafeString

/** HTML whose inserted values are escaped; those of an array stand one after the other. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return new HtmlSafeString(parts, values)
}

export const nothing: Html = html``

/** A piece about a value, or nothing where there is none: a template would write `undefined`. */
export function about<T>(value: T | undefined, piece: (value: T) => Html): Html {
  return value === undefined || value === '' ? nothing : piece(value)
}

/** A piece about a list, or nothing where it is empty. */
export function unlessEmpty<T>(items: readonly T[], piece: (items: readonly T[]) => Html): Html {
  return items.length === 0 ? nothing : piece(items)
}

/** The attribute `id`, or nothing. */
export function id(value: string | undefined): Html {
  return about(value, (known) => html` id="${known}"`)
}

/** The attribute `lang`, or nothing where there is none or it is no language tag. */
export function lang(value: string | undefined): Html {
  return about(
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
