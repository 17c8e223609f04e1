import { readAnswer, request } from '@continuum/service'
import { Type, type Static, type TSchema } from 'typebox'
import { UserError } from '../errors/user-error.ts'
import { callerOf } from './caller.ts'
import { dashboardAddress, type DashboardOptions } from './dashboard-address.ts'

/** The dashboard's API, asked under the name of the person at the command line. */
export interface DashboardApi {
  /**
   * Posts JSON and reads the answer.
   *
   * @throws {UserError} with the dashboard's own words where it refuses
   */
  post<Schema extends TSchema>(path: string, json: object, answer: Schema): Promise<Static<Schema>>
}

const timeoutMilliseconds = 10_000
const Refusal = Type.Object({ message: Type.String(), detail: Type.String() })

/** Finds the dashboard of an environment, and who asks it. */
export async function dashboardApi(options: DashboardOptions): Promise<DashboardApi> {
  const { environment, url, secret } = await dashboardAddress(options)
  const [token, caller] = await Promise.all([secret('dashboard-token'), callerOf(environment)])
  const headers = { authorization: `Bearer ${token}`, 'x-continuum-user': caller }
  return {
    async post(path, json, schema) {
      const answer = await request({
        service: 'the dashboard',
        url: `${url}${path}`,
        method: 'POST',
        headers,
        json,
        timeoutMilliseconds,
      })
      const value = readAnswer(schema, answer)
      if (answer.status === 200 && value !== undefined) return value
      const refusal = readAnswer(Refusal, answer)
      const words = refusal ? `${refusal.message}: ${refusal.detail}` : answer.text.slice(0, 200)
      throw new UserError(`The dashboard answers ${answer.status}: ${words}`)
    },
  }
}
