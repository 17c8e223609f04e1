import {
  awsNamesOf,
  databaseSecretOf,
  databaseServices,
  rotatedSecrets,
  type Environment,
  type RotatedSecret,
  type SecretName,
} from '@continuum/environments'
import { serviceUserName } from '@continuum/service'
import { secretsmanager } from '@pulumi/aws'
import { jsonStringify, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { RandomPassword } from '@pulumi/random'
import { database } from '../database/plan.ts'
import { atKey, atStage } from '../secret-reference.ts'
import { generationsAt, secondStage } from './rotation.ts'

type DatabaseSecret = ReturnType<typeof databaseSecretOf>

/** The references to the two values of a token that are accepted. */
export interface Values {
  /** The one that is sent. */
  readonly current: Output<string>
  readonly second: Output<string>
}

/** The functions that make generated secrets and return the references to them. */
interface Kept {
  readonly make: (secret: DatabaseSecret) => Output<string>
  readonly rotate: (secret: RotatedSecret) => Values
}

/** Letters and digits: 285 bits. */
const length = 48

/** Returns a function that draws a secret. */
const drawing =
  (name: string, child: CustomResourceOptions) =>
  (called: string, generation: number | undefined): Output<string> =>
    new RandomPassword(
      `${name}-${called}`,
      // A new generation draws it again. The first has none, for it is that of environments which never rotated.
      { length, special: false, ...(generation && { keepers: { generation: String(generation) } }) },
      child,
    ).result

/** Returns a function that draws the two values of a token at a step of the rotation. */
function drawingTwo(name: string, rotation: number, child: CustomResourceOptions) {
  const draw = drawing(name, child)
  const { even, odd, current } = generationsAt(rotation)
  return (secret: RotatedSecret): Values => {
    const [one, other] = [draw(secret, even), draw(`${secret}-odd`, odd)]
    return current === 'even' ? { current: one, second: other } : { current: other, second: one }
  }
}

function keep(name: string, secret: SecretName, environment: Environment, child: CustomResourceOptions) {
  return new secretsmanager.Secret(
    name,
    {
      name: awsNamesOf(environment).secret(secret),
      // Without a recovery window the name is free at once, so the environment can be re-created under the same name.
      recoveryWindowInDays: environment.protected ? 30 : 0,
    },
    child,
  )
}

/** The text of a database user's secret: the name is beside the password, as RDS keeps those of its own. */
function textOf(secret: DatabaseSecret, password: Output<string>): Output<string> {
  const user = databaseServices.find((each) => databaseSecretOf(each) === secret)
  return jsonStringify({ username: user && serviceUserName(database, user), password })
}

/** Each generated secret is one of its own; the second value of a token is a labelled version of it. */
export function apart(name: string, environment: Environment, rotation: number, child: CustomResourceOptions): Kept {
  const draw = drawing(name, child)
  const drawTwo = drawingTwo(name, rotation, child)
  return {
    make: (secret) => {
      const secretString = textOf(secret, draw(secret, undefined))
      const { id: secretId } = keep(`${name}-${secret}`, secret, environment, child)
      return new secretsmanager.SecretVersion(`${name}-${secret}`, { secretId, secretString }, child).arn
    },
    rotate: (secret) => {
      const { current, second } = drawTwo(secret)
      const { id: secretId } = keep(`${name}-${secret}`, secret, environment, child)
      const sent = new secretsmanager.SecretVersion(`${name}-${secret}`, { secretId, secretString: current }, child)
      const other = new secretsmanager.SecretVersion(
        `${name}-${secret}-second`,
        { secretId, secretString: second, versionStages: [secondStage] },
        // The first value of a secret is the current one whatever its labels say. A value that is replaced loses its label to the next,
        // and Secrets Manager forgets it: Pulumi need not take from it what it no longer has.
        { ...child, dependsOn: [sent], retainOnDelete: true },
      )
      return { current: sent.arn, second: other.arn.apply((arn) => atStage(arn, secondStage)) }
    },
  }
}

/** All generated secrets are one, a JSON object by their names; the second value of a token is at a key beside the first. */
export function together(name: string, environment: Environment, rotation: number, child: CustomResourceOptions): Kept {
  const draw = drawing(name, child)
  const drawTwo = drawingTwo(name, rotation, child)
  const passwords = databaseServices.map(databaseSecretOf).map((secret) => [secret, draw(secret, undefined)] as const)
  const tokens = rotatedSecrets.flatMap((secret) => {
    const { current, second } = drawTwo(secret)
    return [[secret, current] as const, [secondKeyOf(secret), second] as const]
  })
  const { id: secretId } = keep(`${name}-generated`, 'lax-token', environment, child)
  const secretString = jsonStringify(Object.fromEntries([...passwords, ...tokens]))
  const { arn } = new secretsmanager.SecretVersion(`${name}-generated`, { secretId, secretString }, child)
  const at = (key: string) => arn.apply((of) => atKey(of, key))
  return { make: at, rotate: (secret) => ({ current: at(secret), second: at(secondKeyOf(secret)) }) }
}

const secondKeyOf = (secret: RotatedSecret) => `${secret}-second`
