# Postern as an image: docs/operations.md. Everything is built here, so that a start builds nothing, asks no registry and
# writes nothing but DATA_DIR and /tmp: `docker run --read-only --tmpfs /tmp -v postern:/data`.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/prepare.mjs scripts/build.mjs scripts/
RUN node scripts/build.mjs --packages
COPY . .
RUN node scripts/build.mjs
RUN npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
WORKDIR /app
# The files are root's, and Postern runs as another user: it cannot change its own code.
COPY --from=build /app /app
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "scripts/ask-health.mjs", "/healthz"]
CMD ["node", "scripts/start.mjs"]
