import { defineConfig } from 'vite';

const page = (path: string): string => new URL(path, import.meta.url).pathname;

// Six pages, one build. `assetsInlineLimit: 0` because the gateway's policy allows no data: URLs.
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
    rolldownOptions: {
      input: {
        start: page('./index.html'),
        kiosk: page('./kiosk/index.html'),
        engineer: page('./engineer/index.html'),
        manager: page('./manager/index.html'),
        signin: page('./signin/index.html'),
        people: page('./people/index.html'),
      },
    },
  },
});
