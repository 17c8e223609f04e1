import { html, type Html } from '../markup/html.ts'
import type { ArticleFacts } from '../indexing/facts.ts'

/** Ways to pass an article on: links, which load nothing from where they lead. The script adds copying and the device's own way. */
export function shareLinks({ title, doi }: ArticleFacts): Html {
  const address = `https://doi.org/${doi}`
  const query = (values: Record<string, string>) => new URLSearchParams(values).toString()
  const mail = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${title}\n${address}`)}`
  const ways = [
    ['E-mail', mail],
    ['Bluesky', `https://bsky.app/intent/compose?${query({ text: `${title} ${address}` })}`],
    ['Mastodon', `https://share.joinmastodon.org/#${query({ text: `${title} ${address}` })}`],
    ['LinkedIn', `https://www.linkedin.com/sharing/share-offsite/?${query({ url: address })}`],
  ]
  return html`<details class="menu share" data-share="${address}" data-title="${title}">
    <summary class="action">Share</summary>
    <ul>
      ${ways.map(([name, way]) => html`<li><a href="${way}" rel="noopener nofollow">${name}</a></li>`)}
    </ul>
  </details>`
}
