/** A command of a document that is not run here: why, and the test that shows it instead. */
export interface Elsewhere {
  readonly why: string
  /** The file that runs it or its like, and what it must contain for that to be so. */
  readonly file: string
  readonly has: string
}

const inAws = 'it needs ECS, which no stand-in here has'

/** Reviewed by hand: a command that is neither here nor in `outcomes.ts` fails the test. */
export const elsewhere: Readonly<Record<string, Readonly<Record<string, Elsewhere>>>> = {
  'README.md': {
    'npm test': { why: 'CI does', file: '.ci/run', has: "part 'tests' npm test" },
    'npm run verify': { why: 'CI does', file: '.ci/run', has: "part 'verify' npm run -s verify" },
  },
  'docs/manual.md': {
    'aws s3 cp ~/elife-10856-vor-r4.zip s3://ct-elife-production-final/': {
      why: "it is AWS's own command; Debian's knows no address of another S3 but by an option",
      file: 'e2e/awscli.e2e.ts',
      has: "test('aws s3 ls'",
    },
    'continuum env status --env continuum-test': {
      why: inAws,
      file: 'apps/continuum/src/environments/aws-status.test.ts',
      has: 'what runs, what waits and what is dead',
    },
    'continuum env logs --env continuum-test --service worker --since 2h': {
      why: 'it needs CloudWatch Logs, which no stand-in here has',
      file: 'apps/continuum/src/environments/logs.test.ts',
      has: 'the log groups of several processes are read',
    },
    'continuum env exec --env continuum-test --service lax': {
      why: inAws,
      file: 'apps/continuum/src/environments/exec.test.ts',
      has: 'opens the shell in a running task',
    },
  },
  'docs/people.md': {
    'continuum sign-in --user ada --env continuum-test': {
      why: 'it needs Secrets Manager, which no stand-in here has',
      file: 'apps/continuum/src/dashboard/dashboard-address.test.ts',
      has: 'continuum/continuum-test/sign-in-secret',
    },
    'aws secretsmanager put-secret-value --secret-id continuum/NAME/openid-client-secret --secret-string THE-SECRET': {
      why: "it is AWS's own command, for a secret that the plan has",
      file: 'infra/components/services/services.test.ts',
      has: "'openid-client-secret',",
    },
    'aws secretsmanager put-secret-value --secret-id continuum/NAME/mail-password --secret-string THE-PASSWORD': {
      why: "it is AWS's own command, for a secret that the plan has",
      file: 'infra/components/services/services.test.ts',
      has: "'mail-password',",
    },
  },
  'docs/operators.md': {
    'aws ecs update-service --cluster ct-continuum --service worker --force-new-deployment': {
      why: "it is AWS's own command, for a cluster that the plan has",
      file: 'infra/proofs/plan/golden/continuum-test.txt',
      has: 'ct-continuum',
    },
    [`aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier ct-database --target-db-instance-identifier ct-database-restored \\
  --restore-time 2026-11-30T09:00:00Z`]: {
      why: 'nothing here restores an RDS instance; the document says that it has not been tried',
      file: 'docs/operators.md',
      has: 'The RDS command above has not been tried.',
    },
    'npx nx deploy lax --stack continuum-test --tag SHA --preview': {
      why: 'it needs the Pulumi CLI',
      file: 'infra/proofs/pulumi/environment.e2e.ts',
      has: 'deploy/main.ts lax --stack continuum-test --tag',
    },
    'npx nx deploy lax --stack continuum-test --tag SHA': {
      why: 'it needs the Pulumi CLI',
      file: 'infra/proofs/pulumi/environment.e2e.ts',
      has: 'deploy/main.ts lax --stack continuum-test --tag',
    },
    ...Object.fromEntries(
      [
        'pg_dump --format=custom --schema=lax --file=lax.dump "$DATABASE_URL"',
        `psql --command='drop schema lax cascade' "$DATABASE_URL"`,
        'pg_restore --exit-on-error --no-owner --dbname="$DATABASE_URL" lax.dump',
      ].map((typed) => [
        typed,
        {
          why: "it needs PostgreSQL's tools; it is run there, letter by letter",
          file: 'e2e/backup.e2e.ts',
          has: "commandsOf('docs/operators.md')",
        },
      ]),
    ),
  },
}
