// How the screens are built: each page an entry, what browsers load packed beside it as it is.
// The gateway finds the residents' style and script by the manifest.
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const page = (path: string): string => new URL(path, import.meta.url).pathname;

/** Packed once, here: a Raspberry Pi that packs for each phone anew is late with everything else. */
const packed = (): Plugin => ({
  name: 'packed',
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const [fileName, part] of Object.entries(bundle)) {
      if (!/\.(?:js|css|svg)$/.test(fileName)) continue;
      const source = gzipSync(part.type === 'chunk' ? part.code : part.source, { level: 9 });
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source });
    }
  },
});

// Each page an entry, one build. `assetsInlineLimit: 0` because the gateway's policy allows no data: URLs.
export default defineConfig({
  root: page('.'),
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [packed()],
  build: {
    outDir: '../dist/dashboards',
    emptyOutDir: true,
    target: ['chrome87', 'safari14'],
    cssTarget: ['chrome87', 'safari14'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The gateway writes the residents' pages and asks here what their style and script are called.
    manifest: 'screens.json',
    rolldownOptions: {
      input: {
        start: page('./index.html'),
        kiosk: page('./kiosk/index.html'),
        engineer: page('./engineer/index.html'),
        manager: page('./manager/index.html'),
        signin: page('./signin/index.html'),
        people: page('./people/index.html'),
        patrol: page('./patrol/index.html'),
        labels: page('./labels/index.html'),
        resident: page('./resident/main.ts'),
      },
    },
  },
});
