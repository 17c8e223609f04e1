/** The activities of the log, as the database has them, with their names for people. */
export const activities = {
  publish: 'Publish',
  'publish again': 'Publish again',
  'take back request': 'Take back the request',
  rerun: 'Rerun',
  dismiss: 'Dismiss a run',
  restore: 'Restore a run',
  schedule: 'Schedule',
  'change schedule': 'Reschedule',
  'cancel schedule': 'Cancel the schedule',
  'dismiss delivery': 'Dismiss an unidentified delivery',
  note: 'Note:',
  assign: 'Assign to',
  'send to typesetter': 'Send to the typesetter:',
  withdraw: 'Withdraw',
  reinstate: 'Reinstate',
  retract: 'Retract',
  'undo retraction': 'Undo the retraction of',
  'import articles': 'Import articles',
  'rerun execution': 'Rerun from the failed step',
  'terminate execution': 'Terminate the execution',
  'try step now': 'Try a step now of',
  'start workflow': 'Start the workflow',
  'set property': 'Set a property of',
  redrive: 'Give back the dead letters of',
  'send deposit again': 'Send a deposit again',
  'mark deposit as done': 'Mark a deposit as done',
  'mark deposit as refused': 'Mark a deposit as refused',
  'cancel deposit': 'Cancel a deposit',
  'pause recipient': 'Pause a recipient',
  'resume recipient': 'Resume a recipient',
  'add account': 'Invite',
  'change account': 'Change the account',
  'make sign-in link': 'Make a sign-in link for',
  'mail sign-in link': 'Mail a sign-in link to',
  'end session': 'End a session of',
  'sign in': 'Sign in',
  'sign out': 'Sign out',
  'refused sign-in': 'Sign-in refused',
} as const

/** An activity of the log. */
export type Activity = keyof typeof activities

/** Names an activity for people; one of another version of this code by its own name. */
export function activityText(name: string): string {
  return Object.entries(activities).find(([known]) => known === name)?.[1] ?? name
}
