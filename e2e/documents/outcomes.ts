/** The outcome of a command of a document. */
export type Outcome =
  /** It ends with `code` (0 where none is said), having said `says`. */
  | {
      readonly says: RegExp
      readonly code?: number
      /** With the credentials of an AWS, in which the environment `continuum-test` is provisioned. */
      readonly in?: 'aws'
      /** Ctrl-C is pressed first where `npm start` runs: the document says to stop it. */
      readonly stopped?: true
    }
  /** It goes on running once it has said so; what ran before is stopped by Ctrl-C. */
  | { readonly runs: RegExp }

const ready = /READY TO PUBLISH/

/** Each command of the documents that is run here, letter by letter, and what is expected of it. */
export const outcomes: Readonly<Record<string, Readonly<Record<string, Outcome>>>> = {
  'README.md': {
    'npm start': { runs: ready },
    'npm start -- ~/elife-00101-vor-r1.zip ~/elife-00102-vor-r1.zip': { says: /^2 packages: 2 ready to publish$/m },
    'npm start -- --automatic --once ~/elife-00103-vor-r1.zip': { says: /^1 package: 1 published$/m },
    'npm run -s continuum -- status': { says: /^ +worker +ok /m },
    'npm run -s continuum -- sign-in': { says: /^http:\S+sign-in\?token=\S+$/m },
    'npm run dev': { runs: /Ctrl-C stops everything/ },
  },
  'docs/manual.md': {
    'npm link': { says: /added 1 package/ },
    'continuum --help': { says: /^Usage: continuum / },
    'continuum lax check ~/elife-00777-v1.xml': { says: /elife-00777-v1\.xml is valid/ },
    'continuum lax ingest ~/elife-00777-v1.xml': { says: /ingested: article 777 version 1/ },
    'continuum lax publish 777v1': { says: /^777v1 published/ },
    'continuum lax ingest+publish ~/elife-00778-v1.xml': { says: /published: article 778 version 1/ },
    'continuum lax rebuild': { says: /1 archives and marks in \S+: 0 made, 1 there already, 0 not made/ },
    'continuum status': { says: /^Running since / },
    'continuum env status': { says: /local-workflow-starter-queue +0 +0 +1/ },
    'continuum env logs --service worker --since 2h': { says: / worker .* 00103 v1 / },
    'continuum executions --since 1h': { says: /^completed +PublishPerfectArticle +article-00103 /m },
    'continuum history article-00353': { says: /ExpandArticle +attempt 1 of 7 FAILED/ },
    'continuum rerun article-00353': { says: /goes on from the step that failed/ },
    'continuum queues': { says: /local-workflow-starter-queue +0 +0 +1/ },
    'continuum queues workflow-starter-queue': { says: /There is no workflow "Nope"\./ },
    'continuum redrive workflow-starter-queue --why "the bucket is there again"': { says: /^About 1 dead letter/ },
    'continuum executions --env continuum-test --since 1h': { says: /^$/, in: 'aws' },
    'continuum queues --env continuum-test': { says: /^ +ct-incoming-queue +\d+ +0 +0$/m, in: 'aws' },
    'continuum deliver ~/elife-00666-vor-r1.zip ~/elife-00667-vor-r1.zip': {
      says: /^2 packages: 2 ready to publish$/m,
    },
    'continuum publish 00666 00667v1': { says: /^00666v1 is public\n00667v1 is public$/m },
    'continuum schedule 00668 --at 2030-12-24T09:00:00+01:00': {
      says: /^00668 will be published at 2030-12-24T08:00:00Z$/m,
    },
    'continuum set-property 00666 1 publication-status hidden': { says: /^publication-status of 00666v1 will be/ },
    [`continuum start-workflow PublishPerfectArticle '{"event_name": "ObjectCreated:Put", "event_time": "2030-01-01T00:00:00Z",
  "bucket_name": "local-continuum-production-final", "file_name": "elife-00667-vor-r1.zip", "file_etag": null, "file_size": 0}'`]:
      { says: /^PublishPerfectArticle was asked for/ },
    'npm run -s feeder -- -p elife-10856-vor-r4 ct-elife-production-final ct-workflow-starter-queue': {
      says: /^Fed 1 keys?$/m,
      in: 'aws',
    },
  },
  'docs/people.md': {
    'continuum sign-in': { says: /^http:\S+sign-in\?token=\S+$/m },
  },
  'docs/environments.md': {
    'npm run -s continuum -- env list': { says: /^continuum-test +us-east-1 /m },
    'npm run -s continuum -- config --env continuum-test': { says: /organisation/ },
    'npm run -s continuum -- config --env continuum-test --service lax': { says: /^PREFIX=ct-$/m },
  },
  'docs/operators.md': {
    'npm run -s continuum -- cost --all': { says: /^\| `small` +\| +\d+/m },
    'npm run -s continuum -- cost --env small': { says: /^ +TOTAL +[45]\d\.\d\d$/m },
    'npm run -s continuum -- cost --env prod --articles 150 --gigabytes 2000': { says: /--articles +150 /m },
    'cp -aL .continuum ~/continuum-backup': { says: /^$/, stopped: true },
    'npm start -- --data ~/continuum-backup': { runs: /Ctrl-C stops everything/ },
  },
  'docs/your-journal.md': {
    'npm run -s continuum -- journal new --name "Journal of Examples" --publisher "Example Press" --prefix joe --doi-prefix 10.5555/joe. --issn 1234-5679 --try ~/joe-00007-vor-r1.zip':
      { says: /infra\/environments\/journals\/joe\.json/ },
    'npm run -s continuum -- check --journal infra/environments/journals/joe.json ~/joe-00007-vor-r1.zip': {
      says: /joe-00007-vor-r1\.zip/,
    },
    'npm start -- ~/joe-00007-vor-r1.zip': { runs: /joe-00007 +v1 +READY TO PUBLISH/ },
    'npm start -- --fresh --automatic --once ~/joe-00007-vor-r1.zip': { says: /PUBLISHED/, stopped: true },
  },
  'docs/first-day.md': {
    'export PATH="$PWD/node_modules/node/bin:$PATH"': { says: /^$/ },
    'node --version': { says: /^v\d+/ },
    'npm run -s plan -- continuum-test': { says: /continuum-test +\d+ resources/ },
    'npm run -s continuum -- cost --env press': { says: /^ +TOTAL +\d+\.\d\d$/m },
    'npm run -s plan -- press': { says: /press +\d+ resources/ },
  },
}
