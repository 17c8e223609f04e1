/**
 * The commands of an operator, in the folder `infra`. docs/pulumi-up.md has exactly these, and `environment.e2e.ts` runs them
 * unchanged.
 */
export const commands = {
  init: 'pulumi stack init continuum-test',
  up: 'pulumi up -s continuum-test --yes',
  preview: 'pulumi preview -s continuum-test --expect-no-changes',
  tag: 'pulumi config set tag 1.0.0 -s continuum-test',
  tagOfOneApp: 'pulumi config set tag-dashboard 1.0.1 -s continuum-test',
  drift: 'pulumi refresh -s continuum-test --preview-only --expect-no-changes',
  putBack: 'pulumi up -s continuum-test --refresh --yes',
  destroy: 'pulumi destroy -s continuum-test --yes',
  destroyProd: 'pulumi destroy -s prod --yes',
} as const
