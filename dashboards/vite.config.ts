import { defineConfig } from 'vite';

const page = (path: string): string => new URL(path, import.meta.url).pathname;

// Each page an entry, one build. `assetsInlineLimit: 0` because the gateway's policy allows no data: URLs.
export default defineConfig({
  root: page('.'),
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
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
