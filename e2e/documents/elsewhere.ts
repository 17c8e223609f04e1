/** A command of a document that is not run here: why, and the test that shows it instead. */
export interface Elsewhere {
  readonly why: string
  /** The file that runs it or its like, and what it must contain for that to be so; absent where only an account in AWS shows it. */
  readonly shown?: { readonly file: string; readonly has: string }
}

const inAws = 'it needs ECS, which no stand-in here has'

/** Reviewed by hand: a command that is neither here nor in `outcomes.ts` fails the test. */
export const elsewhere: Readonly<Record<string, Readonly<Record<string, Elsewhere>>>> = {
  'README.md': {
    'npm test': { why: 'CI does', shown: { file: '.ci/run', has: "part 'tests' npm test" } },
    'npm run verify': { why: 'CI does', shown: { file: '.ci/run', has: "part 'verify' npm run -s verify" } },
  },
  'docs/manual.md': {
    'aws s3 cp ~/elife-10856-vor-r4.zip s3://ct-elife-production-final/': {
      why: "it is AWS's own command; Debian's knows no address of another S3 but by an option",
      shown: { file: 'e2e/awscli.e2e.ts', has: "test('aws s3 ls'" },
    },
    'continuum status --env continuum-test': {
      why: inAws,
      shown: {
        file: 'apps/continuum/src/operations/status-commands.test.ts',
        has: "program.parseAsync(['status', '--env', 'continuum-test'",
      },
    },
    'continuum env logs --env continuum-test --service worker --since 2h': {
      why: 'it needs CloudWatch Logs, which no stand-in here has',
      shown: {
        file: 'apps/continuum/src/environments/logs.test.ts',
        has: 'the log groups of several processes are read',
      },
    },
    'continuum env exec --env continuum-test --service lax': {
      why: inAws,
      shown: { file: 'apps/continuum/src/environments/exec.test.ts', has: 'opens the shell in a running task' },
    },
  },
  'docs/people.md': {
    'continuum sign-in --user ada --env continuum-test': {
      why: 'it needs Secrets Manager, which no stand-in here has',
      shown: {
        file: 'apps/continuum/src/dashboard/dashboard-address.test.ts',
        has: 'continuum/continuum-test/sign-in-secret',
      },
    },
    'aws secretsmanager put-secret-value --secret-id continuum/NAME/openid-client-secret --secret-string THE-SECRET': {
      why: "it is AWS's own command, for a secret that the plan has",
      shown: { file: 'infra/components/services/services.test.ts', has: "'openid-client-secret'," },
    },
    'aws secretsmanager put-secret-value --secret-id continuum/NAME/mail-password --secret-string THE-PASSWORD': {
      why: "it is AWS's own command, for a secret that the plan has",
      shown: { file: 'infra/components/services/services.test.ts', has: "'mail-password'," },
    },
  },
  'docs/operators.md': {
    'cd infra': { why: 'it is of the shell' },
    ...Object.fromEntries(
      [
        'pulumi config get rotation -s continuum-test',
        'pulumi config set rotation 1 -s continuum-test && pulumi up -s continuum-test',
        'pulumi config set rotation 2 -s continuum-test && pulumi up -s continuum-test',
      ].map((typed) => [
        typed,
        {
          why: 'it needs the Pulumi CLI; what the two steps make is planned there, and real services go through them elsewhere',
          shown: { file: 'infra/components/services/services.test.ts', has: "rotation: '1' }" },
        },
      ]),
    ),
    'aws secretsmanager get-secret-value --secret-id continuum/continuum-test/dashboard-token --query SecretString --output text':
      {
        why: "it is AWS's own command, for a secret that the plan has",
        shown: { file: 'infra/proofs/plan/golden/continuum-test.txt', has: 'continuum/continuum-test/dashboard-token' },
      },
    'aws ecs update-service --cluster ct-continuum --service worker --force-new-deployment': {
      why: "it is AWS's own command, for a cluster that the plan has",
      shown: { file: 'infra/proofs/plan/golden/continuum-test.txt', has: 'ct-continuum' },
    },
    [`aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier ct-database --target-db-instance-identifier ct-database-restored \\
  --restore-time 2026-11-30T09:00:00Z`]: {
      why: 'nothing here restores an RDS instance; the document says that it has not been tried',
      shown: { file: 'docs/operators.md', has: 'The RDS command above has not been tried.' },
    },
    'aws s3 ls --recursive s3://ct-elife-cdn-logs/load-balancer/': {
      why: "it is AWS's own command, for a bucket and a prefix that the plan has",
      shown: { file: 'infra/proofs/plan/golden/continuum-test.txt', has: 'prefix: load-balancer' },
    },
    'aws s3 cp --recursive --exclude "*" --include "*20261201T09*" s3://ct-elife-cdn-logs/load-balancer/ balancer/': {
      why: "it is AWS's own command, for a bucket and a prefix that the plan has",
      shown: { file: 'infra/proofs/plan/golden/continuum-test.txt', has: 'prefix: load-balancer' },
    },
    'aws logs tail aws-waf-logs-ct-entrance --since 1h': {
      why: "it is AWS's own command, for a log group of an environment with waf",
      shown: { file: 'infra/components/firewall/firewall.test.ts', has: "'aws-waf-logs-ct-journal'" },
    },
    'npx nx deploy lax --stack continuum-test --tag SHA': {
      why: 'it needs the Pulumi CLI',
      shown: { file: 'infra/proofs/pulumi/environment.e2e.ts', has: 'deploy/main.ts lax --stack continuum-test --tag' },
    },
    ...byProof('promotion', {
      'npm run roll -- --stack continuum-test --commit SHA --preview': '--preview`)',
      'npm run roll -- --stack continuum-test --commit SHA': 'roll(`--commit ${first}`)',
      'npm run promote -- --from continuum-test --to prod --preview': "promote('--preview')",
      'npm run promote -- --from continuum-test --to prod': 'await promote()',
      'npm run promote -- --from continuum-test --to prod --digest sha256:0000000000000000000000000000000000000000000000000000000000000000':
        'promote(`--digest',
      'npm run roll -- --stack prod --back': "roll('--back', stack)",
      'npm run roll -- --stack prod --back --app lax': "roll('--back --app lax', 'prod')",
    }),
    ...byProof('drift', {
      'npm run drift -- --stack continuum-test --commit': "drift('--commit')",
      'npm run drift -- --stack continuum-test': 'await drift()',
    }),
    ...Object.fromEntries(
      [
        'pg_dump --format=custom --schema=lax --file=lax.dump "$DATABASE_URL"',
        `psql --command='drop schema lax cascade' "$DATABASE_URL"`,
        'pg_restore --exit-on-error --no-owner --dbname="$DATABASE_URL" lax.dump',
      ].map((typed) => [
        typed,
        {
          why: "it needs PostgreSQL's tools; it is run there, letter by letter",
          shown: { file: 'e2e/recovery/backup.e2e.ts', has: "commandsOf('docs/operators.md')" },
        },
      ]),
    ),
  },
  'docs/first-day.md': {
    'npm ci': { why: 'CI does', shown: { file: '.ci/run', has: 'npm test' } },
    'cd infra': { why: 'it is of the shell' },
    'cd infra/foundation': { why: 'it is of the shell' },
    ...ofFoundation([
      'pulumi stack init press-account --secrets-provider awskms://alias/press-pulumi',
      'pulumi config set account ACCOUNT',
      'pulumi config set repository OWNER/REPOSITORY',
      "pulumi config set --path 'environments[0]' press",
      'pulumi config set monthlyDollars 400',
      "pulumi config set --path 'emails[0]' operator@example.org",
      'pulumi up',
      'pulumi stack output roles -s press-account --cwd infra/foundation',
    ]),
    ...ofAccount([
      'aws s3api create-bucket --bucket press-pulumi-state-ACCOUNT',
      'aws s3api put-bucket-versioning --bucket press-pulumi-state-ACCOUNT --versioning-configuration Status=Enabled',
      `aws s3api put-public-access-block --bucket press-pulumi-state-ACCOUNT \\
  --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
      'aws kms create-alias --alias-name alias/press-pulumi --target-key-id "$(aws kms create-key --query KeyMetadata.KeyId --output text)"',
      'aws route53 create-hosted-zone --name press.example.org --caller-reference first-day',
      'aws route53 get-hosted-zone --id ZONE --query DelegationSet.NameServers',
      'aws ecr get-login-password | docker login --username AWS --password-stdin "${REPOSITORY%%/*}"',
    ]),
    ...byPulumi([
      'pulumi login s3://press-pulumi-state-ACCOUNT',
      'pulumi stack init press --secrets-provider awskms://alias/press-pulumi',
      'pulumi up -s press',
      'REPOSITORY=$(pulumi stack output repository -s press --cwd infra)',
      'pulumi config set tag "$TAG" -s press --cwd infra',
      'pulumi up -s press --cwd infra',
    ]),
    ...withImage([
      'TAG=$(git rev-parse HEAD)',
      'docker build --platform linux/amd64 --tag "$REPOSITORY:$TAG" .',
      'docker push "$REPOSITORY:$TAG"',
    ]),
    'npm run -s continuum -- env status --env press': {
      why: inAws,
      shown: {
        file: 'apps/continuum/src/environments/aws-status.test.ts',
        has: 'what runs, what waits and what is dead',
      },
    },
    'npm run -s continuum -- sign-in --env press': {
      why: 'it needs Secrets Manager, which no stand-in here has',
      shown: {
        file: 'apps/continuum/src/dashboard/dashboard-address.test.ts',
        has: 'continuum/continuum-test/sign-in-secret',
      },
    },
    'npm run -s continuum -- deliver --env press sample/continuum-00001-vor-r1.zip': {
      why: inAws,
      shown: { file: 'infra/proofs/pulumi/environment.e2e.ts', has: 'package' },
    },
  },
}

/** Commands of AWS itself, for what an account has once: nothing here has accounts, and they were never run for this document. */
function ofAccount(all: readonly string[]): Record<string, Elsewhere> {
  return Object.fromEntries(all.map((typed) => [typed, { why: "it is AWS's own command, for an account" }]))
}

/** The program runs in its own host, on the stand-in of AWS, with this configuration. */
function ofFoundation(all: readonly string[]): Record<string, Elsewhere> {
  const shown = { file: 'infra/foundation/foundation.test.ts', has: "planOf('press-account'" }
  return Object.fromEntries(all.map((typed) => [typed, { why: 'it needs the Pulumi CLI and an account', shown }]))
}

function byPulumi(all: readonly string[]): Record<string, Elsewhere> {
  const shown = { file: 'infra/proofs/pulumi/environment.e2e.ts', has: "'up'" }
  return Object.fromEntries(all.map((typed) => [typed, { why: 'it needs the Pulumi CLI and an account', shown }]))
}

/** Commands of which a proof on the genuine Pulumi CLI types the like. */
function byProof(proof: 'promotion' | 'drift', all: Readonly<Record<string, string>>): Record<string, Elsewhere> {
  const file = `infra/proofs/pulumi/${proof}.e2e.ts`
  return Object.fromEntries(
    Object.entries(all).map(([typed, has]) => [typed, { why: 'it needs the Pulumi CLI', shown: { file, has } }]),
  )
}

function withImage(all: readonly string[]): Record<string, Elsewhere> {
  const shown = { file: '.ci/run', has: 'npm run -s image' }
  return Object.fromEntries(all.map((typed) => [typed, { why: 'it needs Docker; its steps are run without', shown }]))
}
