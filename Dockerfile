# Builds with all packages, runs with the production ones only.
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts/install-production.mjs scripts/production-packages.mjs scripts/
RUN node scripts/install-production.mjs && npm cache clean --force && mkdir -m 700 .cohort && chown node .cohort
COPY --from=build /app/dist dist
COPY bin bin
COPY content content
COPY prisma/migrations prisma/migrations
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/cohort.mjs", "start"]
