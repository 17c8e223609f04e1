import { HtmlSafeString, join, safe } from 'escape-html-template-tag'

export { join, safe }

/** Markup that is safe to send: its inserted values are escaped. */
export type Html = HtmlSafeString

/** Makes markup of a template: inserted values are escaped, and the items of an array follow each other. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return new HtmlSafeString(parts, values)
}

/** Empty markup. */
export const nothing: Html = html``

/** Makes markup of a value, or nothing where it is absent: a template would write `undefined`. */
export function when<Value>(value: Value | undefined | null | '' | false, make: (value: Value) => Html): Html {
  return value === undefined || value === null || value === '' || value === false ? nothing : make(value)
}
