import { Type, type Static } from 'typebox'

const UnixSeconds = (description: string) => Type.Integer({ description: `${description}, in unix seconds` })
const Value = Type.Union([Type.String(), Type.Number()])

/** A row of a current run: all its properties, whatever their names, and computed values. */
export const CurrentRow = Type.Object(
  {
    id: Type.String({ description: 'the number of the article' }),
    version: Type.Integer({ description: '0 while it is not known' }),
    run: Type.Optional(Type.Integer({ description: 'the number of the run within its version' })),
    'run-id': Type.Optional(Type.String()),
    'event-type': Type.Optional(Type.String({ description: 'the step of the last event, or of the error' })),
    'event-status': Type.Optional(Type.String()),
    'event-timestamp': Type.Optional(UnixSeconds('the time of the event')),
    'event-message': Type.Optional(Type.String()),
    'publication-status': Type.Optional(Value),
    'preview-link': Type.Optional(Type.String()),
    'scheduled-publication-date': Type.Optional(UnixSeconds('the scheduled time')),
  },
  { $id: 'CurrentRow', additionalProperties: Value },
)

/** The current runs by section. */
export const Current = Type.Object(
  {
    error: Type.Array(CurrentRow),
    'in-progress': Type.Array(CurrentRow),
    scheduled: Type.Array(CurrentRow),
    uir: Type.Array(CurrentRow, { description: 'user input required: ready to publish' }),
  },
  { $id: 'Current' },
)

const CollapsedEvent = Type.Object({
  'event-type': Type.String(),
  'event-status': Type.String(),
  'event-timestamp': UnixSeconds('the time of the last event'),
  'event-message': Type.String(),
  'start-timestamp': UnixSeconds('the time of the first event'),
  duration: Type.Integer({ description: 'seconds' }),
  attempt: Type.Optional(Type.Integer()),
  attempts: Type.Optional(Type.Integer()),
})

const Run = Type.Object({
  'run-id': Type.String(),
  'run-number': Type.String(),
  'version-number': Type.String(),
  'first-event-timestamp': UnixSeconds('the time of its first event'),
  events: Type.Array(CollapsedEvent, { description: 'consecutive events of one type are merged' }),
})

/** The versions and runs of an article by their numbers. */
export const ArticleDetails = Type.Object(
  {
    id: Type.String(),
    versions: Type.Record(
      Type.String(),
      Type.Object({
        details: Type.Record(Type.String(), Value, { description: 'selected properties' }),
        runs: Type.Record(Type.String(), Run),
      }),
    ),
  },
  { $id: 'Article' },
)

/** A run to publish. */
export const PublicationItem = Type.Object({
  id: Type.String(),
  version: Type.Optional(
    Type.Union([Type.Integer(), Type.String(), Type.Null()], { description: 'the highest one by default' }),
  ),
  run: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: "the version's latest one by default" })),
  force: Type.Optional(Type.Boolean({ description: 'publish even if it is published, failed or being published' })),
  why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })),
})

/** The result of a request to publish a run. */
export const PublicationResult = Type.Object({
  id: Type.String(),
  'publication-status': Type.Union([Type.Literal('queued'), Type.Literal('error')]),
  run: Type.Union([Type.String(), Type.Null()]),
  version: Type.Union([Type.String(), Type.Null()]),
  message: Type.Optional(Type.String({ description: 'the reason of a refusal' })),
})

/** A version whose status is requested; `run` is returned as it was sent. */
export const StatusItem = Type.Object({
  id: Type.String(),
  version: Type.Union([Type.Integer(), Type.String({ pattern: '^\\d+$' })]),
  run: Type.Optional(Type.Unknown({ description: 'returned as it was sent' })),
})

/** The publication status of a version. */
export const StatusResult = Type.Object({
  ...StatusItem.properties,
  'publication-status': Type.Union([Type.String(), Type.Null()]),
  message: Type.String(),
})

/** The time at which to publish an article; false or null cancels it. */
export const ScheduleItem = Type.Object({
  'article-identifier': Type.String({ minLength: 1 }),
  scheduled: Type.Union([Type.Number(), Type.String({ pattern: '^\\d+$' }), Type.Literal(false), Type.Null()], {
    description: 'unix seconds; false or null cancels the schedule',
  }),
  why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })),
})

/** The schedule of an article. */
export const ScheduleStatus = Type.Object({
  'article-identifier': Type.String(),
  scheduled: Type.Union([UnixSeconds('the scheduled time'), Type.Null()]),
  published: Type.Boolean({ description: 'the schedule has fired' }),
})

/** A scheduled article. */
export type ScheduledRow = Static<typeof ScheduledRow>
export const ScheduledRow = Type.Object(
  {
    id: Type.String(),
    'is-temp': Type.Boolean({ description: 'the article has not arrived yet' }),
    'scheduled-publication-date': Type.Optional(UnixSeconds('the scheduled time')),
  },
  { additionalProperties: Value },
)
