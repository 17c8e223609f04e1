import type { MailTemplate } from './template.ts'

/** A deposit that a person must look at. */
export interface StaffItem {
  readonly recipient: string
  readonly articleId: string
  readonly version: number
  /** As it is told: `refused`, `unanswered`... */
  readonly state: string
  /** In words: "2 days". */
  readonly age: string
  readonly answer: string
  readonly url: string
}

/** Mails to staff: one a day with what needs a person, and one when a recipient begins to fail. */
export const staffTemplates = {
  digest: {
    name: 'digest',
    subject:
      '{{ environment }}: {{ items.size }} {% if items.size == 1 %}deposit needs{% else %}deposits need{% endif %} a person',
    html: `<p>These deposits of {{ environment }} do not go on by themselves:</p>
<ul>{% for item in items %}<li>{{ item.recipient }}, article {{ item.articleId }} version {{ item.version }}: {{ item.state }} for {{ item.age }}. {{ item.answer }} <a href="{{ item.url }}">{{ item.url }}</a></li>
{% endfor %}</ul>
<p>All of them: <a href="{{ url }}">{{ url }}</a></p>`,
  },
  failing: {
    name: 'failing',
    subject: '{{ environment }}: {{ recipient }} has begun to fail',
    html: `<p>{{ recipient }} does not take deposits of {{ environment }} since {{ since }}. It said:</p>
<blockquote>{{ answer }}</blockquote>
<p>{{ waiting }} deposits wait for it; no other recipient is held up. {% if paused %}It is paused until a person resumes it{% else %}They are tried again by themselves{% endif %}: <a href="{{ url }}">{{ url }}</a></p>
<p>There will be no further mail about it until it has worked again.</p>`,
  },
} as const satisfies Record<string, MailTemplate>
