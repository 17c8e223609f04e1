import { readAnswer, request } from '@continuum/service'
import { Type, type Static, type TSchema } from 'typebox'
import { isBusy } from '../errors/may-pass.ts'
import { UnavailableError } from '../errors/unavailable-error.ts'
import { UserError } from '../errors/user-error.ts'
import { callerOf } from './caller.ts'
import { dashboardAddress, type DashboardOptions } from './dashboard-address.ts'

/** The dashboard's API, asked under the name of the person at the command line. */
export interface DashboardApi {
  /**
   * Posts JSON and reads the answer.
   *
   * @throws {UserError} with the dashboard's own words where it refuses
   * @throws {UnavailableError} where it cannot at the moment
   */
  post<Schema extends TSchema>(path: string, json: object, answer: Schema): Promise<Static<Schema>>
  /**
   * Gets JSON.
   *
   * @throws {UserError} with the dashboard's own words where it refuses
   * @throws {UnavailableError} where it cannot at the moment
   */
  get<Schema extends TSchema>(path: string, answer: Schema): Promise<Static<Schema>>
}

const timeoutMilliseconds = 10_000
const Refusal = Type.Object({ message: Type.String(), detail: Type.String() })

/** Finds the dashboard of an environment, and who asks it. */
export async function dashboardApi(options: DashboardOptions): Promise<DashboardApi> {
  const { environment, url, secret } = await dashboardAddress(options)
  const [token, caller] = await Promise.all([secret('dashboard-token'), callerOf(environment)])
  const headers = { authorization: `Bearer ${token}`, 'x-continuum-user': caller }
  const call = async <Schema extends TSchema>(path: string, schema: Schema, json?: object): Promise<Static<Schema>> => {
    const answer = await request({
      service: 'the dashboard',
      url: `${url}${path}`,
      method: json ? 'POST' : 'GET',
      headers,
      json,
      timeoutMilliseconds,
    })
    const value = readAnswer(schema, answer)
    if (answer.status === 200 && value !== undefined) return value
    const refusal = readAnswer(Refusal, answer)
    const words = refusal ? `${refusal.message}: ${refusal.detail}` : answer.text.slice(0, 200)
    const said = `The dashboard at ${url} answers ${answer.status}: ${words}`
    throw isBusy(answer.status) ? new UnavailableError(said) : new UserError(said)
  }
  return {
    post: (path, json, schema) => call(path, schema, json),
    get: (path, schema) => call(path, schema),
  }
}
