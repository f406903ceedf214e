# The gateway, its screens and the simulator of the demo, for linux/amd64 and linux/arm64.
# Debian, not Alpine: the serial port's binding is prebuilt for glibc.
FROM node:24-bookworm-slim AS build
WORKDIR /opt/courtyard
COPY package.json package-lock.json .npmrc ./
COPY bin/toolchain/package.json bin/toolchain/package.json
RUN npm ci --workspaces=false --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /opt/courtyard
COPY package.json package-lock.json .npmrc ./
COPY bin/toolchain/package.json bin/toolchain/package.json
# The image brings its own Node, so the workspace that would bring another stays out.
RUN npm ci --omit=dev --workspaces=false --no-audit --no-fund

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Courtyard" \
      org.opencontainers.image.description="The edge gateway for sorting kiosks and courtyard lights" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/tmp/courtyard-compile-cache \
    UV_THREADPOOL_SIZE=16
COPY --from=packages /opt/courtyard/node_modules /opt/courtyard/node_modules
COPY --from=build /opt/courtyard/dist /opt/courtyard/dist
COPY package.json LICENSE /opt/courtyard/
COPY bin/courtyard /opt/courtyard/bin/courtyard
COPY config /opt/courtyard/config
RUN useradd --system --uid 10001 --groups dialout --home-dir /var/lib/courtyard courtyard \
 && install -d -o courtyard -g courtyard -m 0700 /var/lib/courtyard
USER courtyard
# `store: { dir: ./data }` in the site file is in here.
WORKDIR /var/lib/courtyard
VOLUME /var/lib/courtyard
EXPOSE 8080 1883
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/opt/courtyard/bin/courtyard"]
CMD ["run", "-c", "/etc/courtyard/site.yaml"]
