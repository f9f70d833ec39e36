# The bot as an image: production dependencies and the sources, which Node runs as they are.
# docs/deploy.md says how to run it, and what of it has been run.

FROM node:24.19.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:24.19.0-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json manifest.yml ./
COPY src ./src
# SQLite's folder, where no DATABASE_URL is set: the only place the bot writes to. Put a volume there.
RUN mkdir -p /data node_modules/.cache && chown node:node /data node_modules/.cache && chmod 700 /data
VOLUME ["/data"]
USER node
# What a start compiles, so that no start has to (src/start.ts); Node keeps it for the user who compiled it.
RUN ["node", "--eval", "require('node:module').enableCompileCache('node_modules/.cache/compiled'); import('/app/src/app.ts')"]
EXPOSE 3000
# Whether it has to be restarted; whether it can serve is /readyz, on OPS_PORT.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Without a shell in between: SIGTERM reaches the bot, which finishes what is in hand within 33 s (Docker itself waits 10).
CMD ["node", "src/start.ts"]
