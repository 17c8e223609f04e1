import { HtmlSafeString, join, safe } from 'escape-html-template-tag'

export { join, safe }

export type Html = HtmlSafeString

/** Markup whose inserted values are escaped. An array's items stand one after the other. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return new HtmlSafeString(parts, values)
}

/** Nothing at all, where a value is absent: a template would write `undefined`. */
export const nothing: Html = html``

/** The markup made of a value, or nothing where there is none. */
export function when<Value>(value: Value | undefined | null | '' | false, make: (value: Value) => Html): Html {
  return value === undefined || value === null || value === '' || value === false ? nothing : make(value)
}

/** `1 article`, `2 articles`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
