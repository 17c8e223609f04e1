import { html, when, type Html } from '@continuum/service'
import type { News } from '../../store/dependencies.ts'
import { timeHtml } from '../elements/time.ts'

/** News is stored every fifteen seconds. Older than this, nobody stores any. */
export const maxNewsAgeSeconds = 90

/** The age of the news in seconds; undefined where there is none yet. */
export function newsAge(news: readonly News[], now: Temporal.Instant): number | undefined {
  const newest = newestOf(news)
  return newest === undefined ? undefined : now.since(newest).total('seconds')
}

/** Renders what is wrong and what to do, and how old that news is; nothing while all is well. */
export function bannerHtml(news: readonly News[], now: Temporal.Instant): Html | undefined {
  const newest = newestOf(news)
  if (newest === undefined) return undefined
  const troubles = news.flatMap(({ trouble }) => trouble ?? [])
  const old = now.since(newest).total('seconds') > maxNewsAgeSeconds
  if (troubles.length === 0 && !old) return undefined
  return html`<section id="banner" class="failure banner" role="alert">
    ${when(old, () => silence)}
    ${troubles.map(
      ({ problem, advice, since }) =>
        html`<p><strong>${problem}</strong> ${advice} Seen since ${timeHtml(since, 'age')}.</p>`,
    )}
    <p class="news-age">Last looked at ${timeHtml(newest.toString(), 'age')}.</p>
  </section>`
}

const silence = html`<p>
  <strong>The dashboard hears nothing new.</strong> Its consumer has not looked for a while, so these pages may be out
  of date. Look at the log of the dashboard (in AWS: of dashboard-consumer) and start it again; nothing is lost,
  messages wait in the queue.
</p>`

function newestOf(news: readonly News[]): Temporal.Instant | undefined {
  return news
    .map(({ checkedAt }) => Temporal.Instant.from(checkedAt))
    .toSorted((one, other) => Temporal.Instant.compare(one, other))
    .at(-1)
}
