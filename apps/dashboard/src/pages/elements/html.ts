import { HtmlSafeString, join, safe } from 'escape-html-template-tag'

export { join, safe }

export type Html = HtmlSafeString

/** Creates markup: inserted values are escaped, and the items of an array are concatenated. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return new HtmlSafeString(parts, values)
}

/** Empty markup: a template would print `undefined` for an absent value. */
export const nothing: Html = html``

/** Renders a value, or nothing if it is absent, empty or false. */
export function when<Value>(value: Value | undefined | null | '' | false, render: (value: Value) => Html): Html {
  return value === undefined || value === null || value === '' || value === false ? nothing : render(value)
}

/** Formats a count and its noun: `1 article`, `2 articles`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
