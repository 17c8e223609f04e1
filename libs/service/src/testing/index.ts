export { checkReplies } from './check-replies.ts'
export { testDatabase } from './test-database.ts'
