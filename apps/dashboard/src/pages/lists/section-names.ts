/** The sections of the lists, with their headings. */
export const sectionNames: Readonly<Record<string, string>> = {
  error: 'Errors',
  uir: 'Ready to publish',
  'in-progress': 'In progress',
  finishing: 'Published, not finished',
  scheduled: 'Scheduled',
  waiting: 'Waiting deliveries',
  published: 'Published',
  dismissed: 'Dismissed',
}
