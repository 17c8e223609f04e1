export { createApp, type App, type ContentSecurityPolicy } from './http/app.ts'
export { bearer, sameSecret } from './credentials/credentials.ts'
export { connectDatabase, type Sql } from './database/database.ts'
export {
  ensureServiceUsers,
  serviceUserName,
  serviceUserUrl,
  type ServiceUser,
} from './database/service-users.ts'
export { backOffMilliseconds, type BackOff } from './process/back-off.ts'
export { stopListening } from './database/stop-listening.ts'
export { isDatabaseUnavailable } from './database/unavailable.ts'
export { statusOf } from './http/problem.ts'
export { createLogger, type Logger } from './process/log.ts'
export { MigrationError } from './database/migrations.ts'
export { DatabaseInUseError } from './postgres/orphan.ts'
export { embeddedPostgresUrl, startEmbeddedPostgres, type EmbeddedPostgres } from './postgres/server.ts'
export { html, join, nothing, safe, when, type Html } from './http/html.ts'
export type { ApiDescription } from './http/openapi.ts'
export { emptyReply, ProblemDetails, problemReply, sendProblem } from './http/problem.ts'
export { runService, type Start } from './process/run-service.ts'
export { NoAnswerError, readAnswer, request, type HttpAnswer } from './http/request.ts'
export { serve, startHealth, type Served } from './http/serve.ts'
export { parseJson } from './settings/parse-json.ts'
export { readSettings, SettingsError, toEnvironment } from './settings/settings.ts'
export { describeSchema } from './settings/settings-help.ts'
export { DatabaseSettings, HttpSettings, ProcessSettings } from './settings/shared-settings.ts'
export type { Checks, Status } from './http/status.ts'
export { signToken, verifyToken, type TokenPayload } from './credentials/tokens.ts'
