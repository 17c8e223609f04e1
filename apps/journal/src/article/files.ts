import type { Asset } from './article.ts'
import { inlineMarkup, phraseMarkup } from '../markup/sanitise.ts'
import { when, doiLink, html, id, nothing, unlessEmpty, type Html } from '../markup/html.ts'
import { credits, description } from './credits.ts'
import type { Frame } from './frame.ts'

/** Files to load: supplementary files, source data. */
export function fileList(files: readonly Asset[], frame: Frame): Html {
  return unlessEmpty(
    files,
    (items) =>
      html`<ul class="files">
        ${items.map((file) => html`<li${id(file.id)}>${fileEntry(file, frame)}</li>`)}
      </ul>`,
  )
}

function fileEntry(file: Asset, frame: Frame): Html {
  const address = frame.files.link(file.uri)
  const name = file.label ?? file.title ?? file.filename ?? 'File'
  const label = phraseMarkup(name)
  return html`<p>
      ${address ? html`<a href="${address}">${label}</a>` : label}${formatOf(file)}
      ${file.label ? when(file.title, (title) => html`<span class="title">${inlineMarkup(title, frame.files)}</span>`) : nothing}
    </p>
    ${frame.blocks(file.caption ?? [], frame)} ${description(file.longDescription)} ${credits(file.attribution, frame)}
    ${when(file.doi, (doi) => html`<p class="caption-links">${doiLink(doi)}</p>`)}`
}

/** `DOCX`, so that a reader knows what is coming. */
function formatOf({ filename }: Asset): Html {
  return when(
    /\.([a-z0-9]{1,8})$/i.exec(filename ?? '')?.[1],
    (extension) => html` <span class="format">${extension.toUpperCase()}</span>`,
  )
}
