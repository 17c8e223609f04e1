import { Type } from 'typebox'
import { when, html, lang, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { entriesOf } from '../article/article.ts'

const optional = Type.Optional(Type.String())
const Translated = Type.Object({ lang: optional, title: Type.String(), subtitle: optional })

/** The lines below a title: the subtitle, and the title in other languages. */
export function belowTitle(of: { subtitle?: string | undefined; translatedTitles?: unknown }): Html {
  const translated = entriesOf(Translated, of.translatedTitles).map(
    ({ lang: language, title, subtitle }) =>
      html`<p class="translated-title" ${lang(language)}>
        ${phraseMarkup(title)}${when(subtitle, (text) => html`: ${phraseMarkup(text)}`)}
      </p>`,
  )
  return html`${when(of.subtitle, (text) => html`<p class="subtitle">${phraseMarkup(text)}</p>`)} ${translated}`
}
