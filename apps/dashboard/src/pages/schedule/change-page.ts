import { html, nothing, type Html } from '@continuum/service'
import type { LocalTime } from '../../derive/rules/local-time.ts'
import { localTimeField, type TypedTime } from '../elements/local-times.ts'
import { plural } from '../elements/plural.ts'
import type { Frame, Page } from '../frame/layout.ts'

/** A change of schedules as somebody filled it in, or is about to. */
export interface ScheduleChange {
  readonly articles: readonly string[]
  /** The zones of their journals. */
  readonly zones: readonly string[]
  readonly typed?: TypedTime | undefined
  /** The time that it had, in unix seconds. */
  readonly earlier?: number | undefined
  readonly refused?: LocalTime | undefined
  /** The number of others of the same request that were scheduled. */
  readonly done?: number
  /** The run to publish, as `<article>/<version>/<run>`. */
  readonly ready?: string | undefined
  /** The zone of the calendar that it comes from. */
  readonly zone?: string | undefined
  readonly back: string
}

/** Builds the page on which the time of one or several publications is set; a refused time stands as it was typed. */
export function changePage(change: ScheduleChange, frame: Frame): Page {
  const { articles, zones, typed, earlier, refused, done = 0, ready, zone, back } = change
  const heading =
    articles.length === 1 ? `When to publish ${articles[0]}` : `When to publish ${plural(articles.length, 'article')}`
  const field = (name: string, value: string | undefined): Html =>
    value === undefined ? nothing : html`<input type="hidden" name="${name}" value="${value}" />`
  return {
    title: refused ? 'Not scheduled' : heading,
    at: '/scheduled',
    main: html`<section class="confirm">
      <h1>${heading}</h1>
      ${
        refused
          ? html`<p>
              <b
                >${done === 0 ? 'Nothing was changed.' : `${plural(done, 'article')} ${done === 1 ? 'was' : 'were'} scheduled; this was not.`}</b
              >
            </p>`
          : nothing
      }
      <form class="schedule" method="post" action="/schedule">
        ${field('_csrf', frame.csrf ?? '')}${articles.map((id) => field('article', id))}${field('ready', ready)}${field(
          'zone',
          zone,
        )}${field('back', back)}${localTimeField('change', zone ?? zones.join(', '), { typed, earlier, refused })}<button
          class="strong"
        >
          Schedule</button
        ><a class="button" href="${back}">Cancel</a>
      </form>
    </section>`,
  }
}
