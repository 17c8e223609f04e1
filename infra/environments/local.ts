import { standInMail, standInRecipients, standInStaff } from './recipients/stand-ins.ts'
import type { Overrides } from './src/index.ts'

/** The environment of `npm start`, on one machine, with local replacements for SWF, SQS, S3 and PostgreSQL. */
/** The first port of the stand-ins; STANDINS_PORT moves it. */
const standIns = 4610

export default {
  // The first is the default: ids of its articles are bare numbers.
  journals: ['elife', 'sampler', 'ijm', 'meridian'],
  publication: { byDelivery: true },
  deposits: { live: false, recipients: standInRecipients(standIns), staff: standInStaff(standIns) },
  signIn: { issuer: `http://127.0.0.1:${standIns}/openid`, clientId: 'dashboard', name: 'the stand-in provider' },
  mail: standInMail(standIns),
  heartbeat: '10s',
  stopSeconds: 3,
} satisfies Overrides
