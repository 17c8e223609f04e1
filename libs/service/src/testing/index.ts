export { withoutReplyChecks } from './reply-violations.ts'
export { sharedDatabase, testDatabase } from './test-database.ts'
